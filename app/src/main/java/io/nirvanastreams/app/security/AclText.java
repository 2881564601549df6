package io.nirvanastreams.app.security;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** Grants as text. Stateless. */
public final class AclText {
  private AclText() {}

  /** The operations, as {@code READ, WRITE}. */
  public static String operations(Grant grant) {
    return grant.operations().stream().map(AclOperation::name).collect(Collectors.joining(", "));
  }

  /** The call of Kafka's own tool that adds the ACLs. */
  public static String kafkaAcls(Grant grant, String principal, String bootstrapServers) {
    StringBuilder call =
        new StringBuilder("kafka-acls.sh --bootstrap-server ")
            .append(bootstrapServers)
            .append(" --command-config admin.properties --add --allow-principal ")
            .append(quoted(principal));
    grant.operations().forEach(operation -> call.append(" --operation ").append(name(operation)));
    call.append(' ').append(option(grant)).append(' ').append(quoted(grant.name()));
    if (grant.pattern() == PatternType.PREFIXED) {
      call.append(" --resource-pattern-type prefixed");
    }
    return call.toString();
  }

  private static String option(Grant grant) {
    return switch (grant.type()) {
      case TOPIC -> "--topic";
      case GROUP -> "--group";
      case TRANSACTIONAL_ID -> "--transactional-id";
      default -> throw new IllegalArgumentException("no component needs a " + grant.type());
    };
  }

  /** As the tool writes them: {@code DescribeConfigs}. */
  private static String name(AclOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  // For a shell: names of principals have blanks where they are those of certificates.
  private static String quoted(String text) {
    return text.matches("[\\w.:=,/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
