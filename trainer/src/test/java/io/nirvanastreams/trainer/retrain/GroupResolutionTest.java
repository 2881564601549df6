package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.trainer.retrain.GroupResolution.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupResolutionTest {
  private static final Verdict COAT = new Verdict.Assigned("coat");
  private static final Verdict BAG = new Verdict.Assigned("bag");

  private final GroupResolution resolution = new GroupResolution(3);

  @BeforeEach
  void member() {
    resolution.member("e1", "g1");
  }

  @Test
  void shouldGiveMembersTheNameOfTheirGroup() {
    assertThat(resolution.verdict("e1")).isEmpty();

    resolution.label("g1", Events.group("g1", " coat "));

    assertThat(resolution.verdict("e1")).contains(COAT);
    assertThat(resolution.verdict("e2")).isEmpty();
  }

  @Test
  void shouldFollowMergesToTheGroupThatWasNamed() {
    resolution.merged("g1", "g2");
    resolution.merged("g2", "g3");
    resolution.label("g3", Events.group("g3", "coat"));

    assertThat(resolution.verdict("e1")).contains(COAT);
  }

  @Test
  void shouldKeepTheNameThatAGroupHadBeforeItWasMerged() {
    resolution.label("g1", Events.group("g1", "coat"));
    resolution.label("g2", Events.group("g2", "bag"));
    resolution.merged("g1", "g2");

    assertThat(resolution.verdict("e1")).contains(COAT);
  }

  @Test
  void shouldEndOnMergesThatGoInACircle() {
    resolution.merged("g1", "g2");
    resolution.merged("g2", "g1");

    assertThat(resolution.verdict("e1")).isEmpty();
  }

  @Test
  void shouldPreferTheNameOfTheImageItself() {
    resolution.label("g1", Events.group("g1", "coat"));
    resolution.label("e1", Events.event("e1", "bag"));

    assertThat(resolution.verdict("e1")).contains(BAG);
  }

  @Test
  void shouldTakeTheLatestWord() {
    resolution.label("g1", Events.group("g1", "coat"));
    resolution.label("g1", Events.ignoredGroup("g1"));
    assertThat(resolution.verdict("e1")).contains(new Verdict.Ignored());

    resolution.label("g1", null);
    assertThat(resolution.verdict("e1")).isEmpty();
  }

  @Test
  void shouldPassOverANameThatIsBlank() {
    resolution.label("g1", Events.group("g1", "  "));

    assertThat(resolution.verdict("e1")).isEmpty();
  }

  @Test
  void shouldLearnNothingFromWhatALaterVersionKnows() {
    LabelAssigned known = Events.group("g1", "");
    known.setAction(LabelAction.RECOGNISE);
    known.setRecognisedAs("coat");

    resolution.label("g1", known);

    assertThat(resolution.verdict("e1")).isEmpty();
  }

  @Test
  void shouldKeepNothingOfAnErasedGroupWhateverElseWasSaid() {
    resolution.label("e1", Events.event("e1", "bag"));
    resolution.label("g1", Events.group("g1", "coat"));
    resolution.merged("g1", "g2");

    resolution.label("g2", Events.erasedGroup("g2"));

    assertThat(resolution.verdict("e1")).contains(new Verdict.Erased());
  }

  @Test
  void shouldForgetTheOldestMembers() {
    resolution.label("g1", Events.group("g1", "coat"));
    resolution.member("e2", "g1");
    resolution.member("e3", "g1");
    resolution.member("e4", "g1");

    assertThat(resolution.verdict("e1")).isEmpty();
    assertThat(resolution.verdict("e4")).contains(COAT);
  }
}
