package io.nirvanastreams.app.console.view;

import static io.nirvanastreams.app.console.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.console.Samples;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.view.GroupCard.Stage;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleViewTest {
  private final TestClock clock = new TestClock();
  private final ConsoleView view = new ConsoleView(clock);

  @Test
  void shouldJoinAFrameWithItsPicture() {
    byte[] png = Samples.png(90);
    view.image(Samples.image("e1", png));
    view.recognition(Samples.answer("e1", Outcome.KNOWN, "Coat"), true);

    Frame frame = view.state().frames().get(0);
    assertThat(frame.label()).isEqualTo("Coat");
    assertThat(frame.latencyMillis()).isEqualTo(40);
    assertThat(view.frame(frame.eventId()))
        .hasValueSatisfying(picture -> assertThat(picture.bytes()).isEqualTo(png));
  }

  @Test
  void shouldNotShowAGroupThatIsToBeErasedAndForgetItsPictures() {
    view.group("g", Samples.group("g", 5, GroupState.OPEN));
    assertThat(view.exemplar("g", 0)).isPresent();

    LabelAssigned erasure = Samples.label("g", "", START);
    erasure.setAction(LabelAction.ERASE);
    view.label("g", erasure);
    assertThat(view.state().groups()).isEmpty();
    assertThat(view.groupCard("g")).isEmpty();
    assertThat(view.exemplar("g", 0)).isEmpty();

    view.group("g", null);
    view.label("g", null);
    assertThat(view.exemplar("g", 0)).isEmpty();
  }

  @Test
  void shouldNotKeepBytesThatAreNoPicture() {
    byte[] script = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    view.image(Samples.image("e1", script));

    assertThat(view.frame("e1")).isEmpty();
  }

  @Test
  void shouldKeepABoundedNumberOfFramesNewestFirst() {
    for (int i = 0; i < 1000; i++) {
      view.recognition(Samples.answer("e" + i, Outcome.KNOWN, "Coat"), true);
    }

    assertThat(view.state().frames()).hasSize(120);
    assertThat(view.state().frames().get(0).eventId()).isEqualTo("e999");
    assertThat(view.state().counters().answered()).isEqualTo(1000);
  }

  @Test
  void shouldShowButNotCountAnswersFromBeforeTheStart() {
    view.recognition(Samples.answer("old", Outcome.UNKNOWN, null), false);

    assertThat(view.state().frames()).hasSize(1);
    assertThat(view.state().counters().answered()).isZero();
  }

  @Test
  void shouldFollowAGroupFromOpenToLearned() {
    view.model("m/1", Samples.model(1, START.minusSeconds(9), "Coat"));
    view.group("g", Samples.group("g", 5, GroupState.OPEN));
    assertThat(card().stage()).isEqualTo(Stage.OPEN);

    view.label("g", Samples.label("g", "Bag", START));
    assertThat(card().stage()).isEqualTo(Stage.LEARNING);
    assertThat(card().label()).isEqualTo("Bag");

    view.modelEvent(event(ModelEventKind.TRAINING, ""));
    assertThat(card().note()).isEqualTo("learning… training version 2");

    view.modelEvent(event(ModelEventKind.NOT_PUBLISHED, "old classes fell by 5 points"));
    assertThat(card().stage()).isEqualTo(Stage.HELD_BACK);
    assertThat(card().note()).contains("old classes fell by 5 points");

    view.model("m/2", Samples.model(2, START.plusSeconds(30), "Coat", "Bag"));
    assertThat(card().stage()).isEqualTo(Stage.LEARNED);
    assertThat(card().note()).isEqualTo("learned in version 2");
  }

  @Test
  void shouldSayWhenAGroupOnlyWaitsForTheTrainingBeforeIt() {
    view.model("m/1", Samples.model(1, START.minusSeconds(9), "Coat"));
    view.group("g", Samples.group("g", 5, GroupState.OPEN));
    view.modelEvent(event(ModelEventKind.TRAINING, "new: Bag, Boot"));

    view.label("g", Samples.label("g", "Boot", START.plusSeconds(9)));
    assertThat(card().note()).isEqualTo("learning… next after version 2, now in training");
    view.label("g", Samples.label("g", "Shirt", START));
    assertThat(card().note()).isEqualTo("learning… next after version 2, now in training");
    view.label("g", Samples.label("g", "Bag", START));
    assertThat(card().note()).isEqualTo("learning… training version 2");

    view.modelEvent(event(ModelEventKind.NOT_PUBLISHED, "old classes fell by 5 points"));
    assertThat(card().stage()).isEqualTo(Stage.HELD_BACK);
    view.label("g", Samples.label("g", "Shirt", START));
    assertThat(card().stage()).isEqualTo(Stage.LEARNING);
    assertThat(card().note()).isEqualTo("learning… waiting for enough images");
  }

  @Test
  void shouldTellAGroupThatAnotherVersionClosedFromOneThatAPersonIgnored() {
    view.group("g", Samples.group("g", 5, GroupState.IGNORED));
    assertThat(card().stage()).isEqualTo(Stage.CLOSED);

    LabelAssigned ignore = Samples.label("g", "", START);
    ignore.setAction(LabelAction.IGNORE);
    view.label("g", ignore);
    assertThat(card().stage()).isEqualTo(Stage.IGNORED);
  }

  @Test
  void shouldShowAGroupThatALaterVersionKnows() {
    view.group("g", Samples.group("g", 5, GroupState.IGNORED));
    LabelAssigned known = Samples.label("g", "", START);
    known.setAction(LabelAction.RECOGNISE);
    known.setRecognisedAs("Bag");
    known.setReason("version 2 knows 9 of 10 images (9 Bag)");

    view.label("g", known);

    assertThat(card().stage()).isEqualTo(Stage.RECOGNISED);
    assertThat(card().label()).isEqualTo("Bag");
    assertThat(card().note()).isEqualTo("version 2 knows 9 of 10 images (9 Bag)");
  }

  @Test
  void shouldDropMergedGroupsAndKeepABoundedNumber() {
    view.group("gone", Samples.group("gone", 5, GroupState.OPEN));
    view.group("gone", Samples.group("gone", 5, GroupState.MERGED));
    for (int i = 1; i <= 300; i++) {
      view.group("g" + i, Samples.group("g" + i, i, GroupState.OPEN));
    }

    List<GroupCard> groups = view.state().groups();
    assertThat(groups).hasSize(200);
    assertThat(groups.get(0).groupId()).isEqualTo("g300");
    assertThat(groups).extracting(GroupCard::groupId).doesNotContain("gone", "g100");
  }

  @Test
  void shouldServeTheExemplarsOfAGroupByPosition() {
    view.group("g", Samples.group("g", 2, GroupState.OPEN));

    assertThat(card().exemplars()).containsExactly("g-a", "g-b");
    assertThat(view.exemplar("g", 1))
        .hasValueSatisfying(picture -> assertThat(picture.bytes()).isEqualTo(Samples.png(200)));
    assertThat(view.exemplar("g", 2)).isEmpty();
    assertThat(view.exemplar("nowhere", 0)).isEmpty();
  }

  @Test
  void shouldSwitchTheLiveVersionWhenItsTimeHasCome() {
    view.model("m/1", Samples.model(1, START, "Coat"));
    view.model("m/2", Samples.model(2, START, "Coat", "Bag"));
    view.label("g", Samples.label("g", "Bag", START.minusSeconds(50)));
    view.promotion("m/1", Samples.live(1, START));
    view.promotion("m/2", Samples.live(2, START.plusSeconds(10)));
    assertThat(view.state().liveVersion()).isEqualTo(1);
    assertThat(view.state().versions())
        .extracting(VersionRow::role)
        .containsExactly("scheduled", "live");

    clock.advance(Duration.ofSeconds(10));

    VersionRow second = view.state().versions().get(0);
    assertThat(view.state().liveVersion()).isEqualTo(2);
    assertThat(second.role()).isEqualTo("live");
    assertThat(second.learned()).containsExactly("Bag");
    assertThat(second.learnMillis()).isEqualTo(60_000);
    assertThat(second.measures()).containsOnlyKeys("accuracy");
    assertThat(view.state().versions().get(1).role()).isEqualTo("retired");
  }

  @Test
  void shouldTellOnlyWhatChanged() {
    view.recognition(Samples.answer("e1", Outcome.KNOWN, "Coat"), true);
    ConsoleState before = view.state();
    assertThat(view.state().changesSince(before, 5).unchanged()).isTrue();

    for (int i = 2; i <= 9; i++) {
      view.recognition(Samples.answer("e" + i, Outcome.UNKNOWN, null), true);
    }
    ConsoleState changes = view.state().changesSince(before, 5);

    assertThat(changes.frames())
        .extracting(Frame::eventId)
        .containsExactly("e9", "e8", "e7", "e6", "e5");
    assertThat(changes.counters().unknown()).isEqualTo(8);
    assertThat(changes.groups()).isNull();
    assertThat(changes.versions()).isNull();
  }

  private GroupCard card() {
    return view.groupCard("g").orElseThrow();
  }

  private static ModelEvent event(ModelEventKind kind, String reason) {
    return ModelEvent.newBuilder()
        .setName("m")
        .setVersion(2)
        .setKind(kind)
        .setReason(reason)
        .setOccurredAt(START.plusSeconds(5))
        .build();
  }
}
