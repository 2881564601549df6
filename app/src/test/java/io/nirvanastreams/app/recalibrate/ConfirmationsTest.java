package io.nirvanastreams.app.recalibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.SubjectType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private final Map<String, LabelAssigned> labels = new HashMap<>();
  private final Map<String, NoveltyGroup> groups = new HashMap<>();
  private final Map<String, GroupMember> members = new HashMap<>();

  @Test
  void shouldTakeTheNameOfTheGroupAndOfTheImageBeforeIt() {
    member("e1", "g1");
    member("e2", "g1");
    member("e3", "g1");
    label("g1", SubjectType.GROUP, "Dress");
    label("e2", SubjectType.EVENT, "Boot");
    labels.put(
        "e3",
        LabelAssigned.newBuilder()
            .setSubjectId("e3")
            .setSubjectType(SubjectType.EVENT)
            .setAction(LabelAction.IGNORE)
            .build());

    assertThat(Confirmations.of(labels, groups, members))
        .isEqualTo(Map.of("e1", "Dress", "e2", "Boot"));
  }

  @Test
  void shouldFollowGroupsThatWereMergedAndKeepNamesThatLabelsNoLongerHold() {
    member("e1", "g1");
    groups.put("g1", group(GroupState.MERGED, null, "g2"));
    groups.put("g2", group(GroupState.NAMED, "Bag", null));
    member("e2", "g3");
    groups.put("g3", group(GroupState.OPEN, null, null));
    groups.put("g4", group(GroupState.MERGED, null, "g4"));
    member("e4", "g4");

    assertThat(Confirmations.of(labels, groups, members)).isEqualTo(Map.of("e1", "Bag"));
  }

  private void member(String eventId, String groupId) {
    members.put(eventId, GroupMember.newBuilder().setEventId(eventId).setGroupId(groupId).build());
  }

  private void label(String id, SubjectType type, String name) {
    labels.put(
        id,
        LabelAssigned.newBuilder()
            .setSubjectId(id)
            .setSubjectType(type)
            .setAction(LabelAction.ASSIGN)
            .setClassName(name)
            .build());
  }

  private static NoveltyGroup group(GroupState state, String label, String mergedInto) {
    return NoveltyGroup.newBuilder()
        .setState(state)
        .setLabel(label)
        .setMergedInto(mergedInto)
        .build();
  }
}
