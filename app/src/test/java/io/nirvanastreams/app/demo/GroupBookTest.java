package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.demo.GroupBook.CleanGroup;
import io.nirvanastreams.schemas.GroupState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupBookTest {
  private final AnswerLedger ledger = new AnswerLedger();
  private final GroupBook groups = new GroupBook();

  @Test
  void shouldListCleanGroupsLargestFirst() {
    grow("small", "Bag", 0, 4);
    grow("large", "Dress", 0, 9);
    grow("same", "Shirt", 0, 4);

    assertThat(clean(4, 0.9))
        .containsExactly(
            new CleanGroup("large", "Dress", 9, 1),
            new CleanGroup("same", "Shirt", 4, 1),
            new CleanGroup("small", "Bag", 4, 1));
    assertThat(clean(5, 0.9)).extracting(CleanGroup::groupId).containsExactly("large");
  }

  @Test
  void shouldJudgeAGroupByTheClassOfMostMembers() {
    grow("mixed", "Bag", 0, 8);
    grow("mixed", "Dress", 8, 2);

    assertThat(clean(1, 0.8)).containsExactly(new CleanGroup("mixed", "Bag", 10, 0.8));
    assertThat(clean(1, 0.81)).isEmpty();
  }

  @Test
  void shouldCountMembersThatNobodySentAgainstPurity() {
    grow("g", "Bag", 0, 3);
    groups.member(Answers.member("g", "stranger"));

    assertThat(clean(1, 0.7)).containsExactly(new CleanGroup("g", "Bag", 4, 0.75));
    assertThat(clean(1, 0.76)).isEmpty();
  }

  @Test
  void shouldCountAMemberOnce() {
    grow("g", "Bag", 0, 3);
    grow("g", "Bag", 0, 3);

    assertThat(clean(1, 0.9)).extracting(CleanGroup::size).containsExactly(3L);
  }

  @Test
  void shouldCountMembersOfMergedGroupsAsTheirOwn() {
    grow("target", "Bag", 0, 5);
    grow("near", "Bag", 0, 3);
    grow("far", "Dress", 0, 2);
    groups.group(Answers.group("near", GroupState.MERGED, "target"));
    groups.group(Answers.group("far", GroupState.MERGED, "near"));

    assertThat(clean(1, 0.5)).containsExactly(new CleanGroup("target", "Bag", 10, 0.8));
  }

  @Test
  void shouldSurviveGroupsThatMergedIntoEachOther() {
    grow("a", "Bag", 0, 2);
    grow("b", "Bag", 0, 3);
    groups.group(Answers.group("a", GroupState.OPEN, "b"));
    groups.group(Answers.group("b", GroupState.MERGED, "a"));

    assertThat(clean(1, 0.9)).containsExactly(new CleanGroup("a", "Bag", 5, 1));
  }

  @Test
  void shouldLeaveOutGroupsThatAreNotOpen() {
    grow("g", "Bag", 0, 5);
    for (GroupState state : List.of(GroupState.NAMED, GroupState.IGNORED, GroupState.MERGED)) {
      groups.group(Answers.group("g", state, null));

      assertThat(clean(1, 0.5)).as("%s", state).isEmpty();
    }
    assertThat(groups.all()).hasSize(1);
  }

  @Test
  void shouldJudgeSeveralGroupsTogether() {
    grow("a", "Bag", 0, 6);
    grow("b", "Bag", 0, 3);
    grow("b", "Dress", 3, 1);

    CleanGroup together = groups.together(Set.of("a", "b"), ledger::truth, "Bag");

    assertThat(together.className()).isEqualTo("Bag");
    assertThat(together.size()).isEqualTo(10);
    assertThat(together.purity()).isEqualTo(0.9);
    assertThat(groups.together(Set.of(), ledger::truth, "Bag").purity()).isNaN();
  }

  private void grow(String groupId, String truth, int firstId, int count) {
    Answers.grow(groups, ledger, groupId, truth, firstId, count);
  }

  private List<CleanGroup> clean(long minimumSize, double purity) {
    return groups.clean(ledger::truth, minimumSize, purity);
  }
}
