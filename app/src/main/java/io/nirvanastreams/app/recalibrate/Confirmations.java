package io.nirvanastreams.app.recalibrate;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.SubjectType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What people said that images show: labels of single images, and of the groups they are in; the
 * image's own goes first. Stateless.
 */
final class Confirmations {
  private Confirmations() {}

  /** Class names by event id. */
  static Map<String, String> read(ClusterAccess cluster) {
    Map<String, LabelAssigned> labels =
        Records.latest(cluster, cluster.topics().labels(), LabelAssigned.class);
    Map<String, NoveltyGroup> groups =
        Records.latest(cluster, cluster.topics().groups(), NoveltyGroup.class);
    Map<String, GroupMember> members =
        Records.latest(cluster, cluster.topics().members(), GroupMember.class);
    return of(labels, groups, members);
  }

  static Map<String, String> of(
      Map<String, LabelAssigned> labels,
      Map<String, NoveltyGroup> groups,
      Map<String, GroupMember> members) {
    Map<String, String> confirmed = new HashMap<>();
    members.forEach(
        (eventId, member) -> {
          String name = groupName(member.getGroupId(), labels, groups);
          if (name != null) {
            confirmed.put(eventId, name);
          }
        });
    for (LabelAssigned label : labels.values()) {
      if (label.getSubjectType() == SubjectType.EVENT) {
        if (label.getAction() == LabelAction.ASSIGN) {
          confirmed.put(label.getSubjectId(), label.getClassName());
        } else {
          confirmed.remove(label.getSubjectId());
        }
      }
    }
    return confirmed;
  }

  private static String groupName(
      String groupId, Map<String, LabelAssigned> labels, Map<String, NoveltyGroup> groups) {
    Set<String> seen = new HashSet<>();
    String id = groupId;
    while (id != null && seen.add(id)) {
      LabelAssigned label = labels.get(id);
      if (label != null && label.getSubjectType() == SubjectType.GROUP) {
        return label.getAction() == LabelAction.ASSIGN ? label.getClassName() : null;
      }
      NoveltyGroup group = groups.get(id);
      if (group != null && group.getState() == GroupState.NAMED) {
        return group.getLabel();
      }
      id = group == null ? null : group.getMergedInto();
    }
    return null;
  }
}
