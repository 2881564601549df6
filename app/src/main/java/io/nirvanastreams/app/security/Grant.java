package io.nirvanastreams.app.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Operations that a component needs on one resource. Immutable.
 *
 * @param type topic, group or transactional id
 * @param name its name, or the start of it
 * @param pattern whether the name is the whole or the start
 * @param operations what is needed; DESCRIBE is not listed beside READ or WRITE, which imply it
 * @param purpose why, for people
 */
public record Grant(
    ResourceType type,
    String name,
    PatternType pattern,
    Set<AclOperation> operations,
    String purpose) {
  /** Copies the operations. */
  public Grant {
    operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
  }

  /** The ACLs that allow it to a principal from any host. */
  public List<AclBinding> bindings(String principal) {
    ResourcePattern resource = new ResourcePattern(type, name, pattern);
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
