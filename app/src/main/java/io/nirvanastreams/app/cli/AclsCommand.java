package io.nirvanastreams.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.security.AclText;
import io.nirvanastreams.app.security.Component;
import io.nirvanastreams.app.security.Grant;
import io.nirvanastreams.app.security.LeastPrivilege;
import io.nirvanastreams.processor.ProcessorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the least that each component must be allowed. */
@Command(
    name = "acls",
    description = {
      "Print the least that each component must be allowed on a cluster with ACLs.",
      "Asks no cluster. DESCRIBE is not listed where READ or WRITE imply it."
    })
public final class AclsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--component",
      converter = ComponentNames.class,
      completionCandidates = ComponentNames.class,
      description = "Only this component, one of ${COMPLETION-CANDIDATES} (default: all).")
  private Component component;

  @Option(
      names = "--principal",
      paramLabel = "PRINCIPAL",
      description = "Who is allowed it, such as User:alice (default: User:nirvana-COMPONENT).")
  private String principal;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description = "The processor's application.id (default: that of 'nirvana process').")
  private String applicationId =
      ProcessorSettings.definition().defaultValues().get("application.id").toString();

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, kafka-acls or json (default: ${DEFAULT-VALUE}).")
  private String format;

  /** Names of components as the command line has them. */
  static final class ComponentNames implements ITypeConverter<Component>, Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Component.values()).map(Component::text).iterator();
    }

    @Override
    public Component convert(String text) {
      return Arrays.stream(Component.values())
          .filter(one -> one.text().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no component '"
                          + text
                          + "'; write one of "
                          + String.join(", ", this)));
    }
  }

  @Override
  public Integer call() throws IOException {
    if (principal != null && !principal.matches("[A-Za-z]+:.+")) {
      throw new UsageException("--principal is '" + principal + "'; write it as User:NAME");
    }
    ClusterAccess access = kafka.access();
    LeastPrivilege least = new LeastPrivilege(access.topics(), applicationId);
    List<Component> components =
        component == null ? List.of(Component.values()) : List.of(component);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case "table" -> table(components, least, out);
      case "kafka-acls" -> commands(components, least, access.bootstrapServers(), out);
      case "json" -> json(components, least, out);
      default ->
          throw new UsageException("--format is '" + format + "'; write table, kafka-acls or json");
    }
    return 0;
  }

  private void table(List<Component> components, LeastPrivilege least, PrintWriter out) {
    Table table =
        new Table("COMPONENT", "PRINCIPAL", "RESOURCE", "NAME", "OPERATIONS", "WHAT IT IS");
    for (Component one : components) {
      for (Grant grant : least.of(one)) {
        table.row(
            one.text(),
            principal(one),
            grant.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            grant.name() + (prefixed(grant) ? "*" : ""),
            AclText.operations(grant),
            grant.purpose());
      }
    }
    table.print(out);
  }

  private void commands(
      List<Component> components, LeastPrivilege least, String bootstrap, PrintWriter out) {
    for (Component one : components) {
      out.println("# " + one.text() + " " + one.purpose());
      for (Grant grant : least.of(one)) {
        out.println(AclText.kafkaAcls(grant, principal(one), bootstrap));
      }
    }
  }

  private void json(List<Component> components, LeastPrivilege least, PrintWriter out)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ArrayNode acls = mapper.createArrayNode();
    for (Component one : components) {
      for (Grant grant : least.of(one)) {
        ObjectNode acl =
            acls.addObject()
                .put("component", one.text())
                .put("principal", principal(one))
                .put("host", "*")
                .put("resourceType", grant.type().name())
                .put("name", grant.name())
                .put("patternType", grant.pattern().name())
                .put("permission", "ALLOW");
        ArrayNode operations = acl.putArray("operations");
        grant.operations().forEach(operation -> operations.add(operation.name()));
      }
    }
    out.println(mapper.writeValueAsString(acls));
  }

  private String principal(Component one) {
    return principal == null ? "User:nirvana-" + one.text() : principal;
  }

  private static boolean prefixed(Grant grant) {
    return grant.pattern() == PatternType.PREFIXED;
  }
}
