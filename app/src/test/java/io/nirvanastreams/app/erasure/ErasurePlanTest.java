package io.nirvanastreams.app.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasurePlanTest {
  private final Map<String, NoveltyGroup> groups = new TreeMap<>();
  private final Map<String, LabelAssigned> labels = new TreeMap<>();

  @BeforeEach
  void groups() {
    put("a", "b");
    put("b", "c");
    put("c", null);
    put("d", null);
    put("orphan", "long gone");
  }

  @Test
  void shouldTakeWhatWasMergedIntoAGroupAlong() {
    assertThat(chosen("c", "c")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(chosen("d", "orphan")).containsExactly("d", "orphan");
  }

  @Test
  void shouldRefuseAGroupWhoseImagesAnotherHas() {
    assertThatThrownBy(() -> chosen("a"))
        .isInstanceOf(UsageException.class)
        .hasMessage("group 'a' was merged into b, which has its images now: erase b, and both go");
  }

  @Test
  void shouldTellWhatIsErasedFromWhatNeverWas() {
    labels.put(
        "gone",
        LabelAssigned.newBuilder().setSubjectId("gone").setAction(LabelAction.ERASE).build());
    labels.put(
        "named",
        LabelAssigned.newBuilder().setSubjectId("named").setAction(LabelAction.ASSIGN).build());

    ErasurePlan plan = ErasurePlan.of(List.of("gone"), groups, labels);

    assertThat(plan.groups()).isEmpty();
    assertThat(plan.before()).extracting(LabelAssigned::getSubjectId).containsExactly("gone");
    assertThatThrownBy(() -> chosen("d", "named"))
        .hasMessageContaining("there is no group 'named'");
  }

  private List<String> chosen(String... ids) {
    return ErasurePlan.of(List.of(ids), groups, labels).groups().stream()
        .map(NoveltyGroup::getGroupId)
        .toList();
  }

  private void put(String id, String into) {
    groups.put(
        id,
        NoveltyGroup.newBuilder()
            .setGroupId(id)
            .setState(into == null ? GroupState.OPEN : GroupState.MERGED)
            .setMergedInto(into)
            .build());
  }
}
