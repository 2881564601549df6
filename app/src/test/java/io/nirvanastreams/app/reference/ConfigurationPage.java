package io.nirvanastreams.app.reference;

import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.cli.CommandLineFactory;
import io.nirvanastreams.processor.ProcessorSettings;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/configuration.md from the command line's options and the processor's settings. */
final class ConfigurationPage {
  private static final String HOME = System.getProperty("user.home");

  private ConfigurationPage() {}

  static String write() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            Generated from the code; do not edit. `mvn -pl app -am test -Dtest=ReferencePagesTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dnirvana.docs.write=true` writes it again.

            Every option can be given on the command line, in the environment (`--topic-prefix` as
            `NIRVANA_TOPIC_PREFIX`) and in the file of `--config` (`topic-prefix=...`); the command
            line goes before the environment, the environment before the file.
            """);
    CommandLine root = CommandLineFactory.create(Nirvana.COMMANDS);
    Set<String> common = new HashSet<>();
    page.append("\n## Every command\n\n");
    options(page, root.getCommandSpec(), common);
    root.getCommandSpec().options().forEach(option -> common.add(option.longestName()));
    root.getSubcommands().forEach((name, command) -> command(page, command, common));
    page.append(
        """

        ## Settings of the processor

        For `nirvana process --setting KEY=VALUE`. Those that have an option of their own, such as
        `bootstrap.servers`, are set by it. `kafka.` and `registry.` before a name pass it on to
        Kafka's clients and to the registry's client.

        | key | type | default | allowed | what |
        |---|---|---|---|---|
        """);
    ProcessorSettings.definition().configKeys().values().stream()
        .sorted(Comparator.comparing(key -> key.name))
        .forEach(key -> page.append(row(key)));
    return page.toString();
  }

  private static String row(ConfigKey key) {
    String value =
        !key.hasDefault() ? "(none: it must be given)" : "`" + cell(key.defaultValue) + "`";
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(Locale.ROOT),
            value.equals("``") ? "" : value,
            key.validator == null ? "" : cell(key.validator),
            cell(key.documentation));
  }

  private static void command(StringBuilder page, CommandLine command, Set<String> common) {
    CommandSpec spec = command.getCommandSpec();
    page.append("\n## ").append(spec.qualifiedName()).append("\n\n");
    page.append(cell(String.join(" ", spec.usageMessage().description()))).append("\n\n");
    options(page, spec, common);
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      command(page, sub.getValue(), common);
    }
  }

  private static void options(StringBuilder page, CommandSpec spec, Set<String> common) {
    List<OptionSpec> own =
        spec.options().stream()
            .filter(option -> !common.contains(option.longestName()) && !option.hidden())
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .toList();
    if (own.isEmpty() && spec.positionalParameters().isEmpty()) {
      return;
    }
    page.append("| option | what |\n|---|---|\n");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      row(page, parameter.paramLabel(), parameter.description(), parameter.defaultValue());
    }
    for (OptionSpec option : own) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      row(
          page,
          String.join(", ", option.names()) + label,
          option.description(),
          option.defaultValue());
    }
  }

  private static void row(StringBuilder page, String name, String[] description, String value) {
    String text = String.join(" ", description);
    String shown = text.replace("${DEFAULT-VALUE}", value == null ? "none" : value);
    page.append("| `").append(cell(name)).append("` | ").append(cell(shown)).append(" |\n");
  }

  /** Text of a table's cell: one line, and the same on every machine. */
  private static String cell(Object value) {
    return String.valueOf(value)
        .replace("${sys:user.home}", "~")
        .replace("${sys:user.name}", "you")
        .replace(HOME, "~")
        .replace("%n", " ")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }
}
