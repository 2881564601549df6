package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.LayeredConfig;
import io.nirvanastreams.app.config.LayeredConfig.Found;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives an option that the command line does not have its value from environment or file. */
final class LayeredDefaults implements IDefaultValueProvider {
  private static final Set<String> NOT_CONFIGURABLE = Set.of("help", "version", "config");

  private final LayeredConfig config;

  LayeredDefaults(LayeredConfig config) {
    this.config = config;
  }

  LayeredConfig config() {
    return config;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return find(argument).map(Found::value).orElse(null);
  }

  /** The value below the command line; empty for positional parameters and where there is none. */
  Optional<Found> find(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return Optional.empty();
    }
    String name = name(option);
    return NOT_CONFIGURABLE.contains(name) ? Optional.empty() : config.find(name);
  }

  static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--?", "");
  }

  /** Long names of all configurable options of a command and its subcommands. */
  static Set<String> names(CommandLine command) {
    Set<String> names = new TreeSet<>();
    command.getCommandSpec().options().forEach(option -> names.add(name(option)));
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      names.addAll(names(sub.getValue()));
    }
    names.removeAll(NOT_CONFIGURABLE);
    return names;
  }
}
