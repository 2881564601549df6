package io.nirvanastreams.app.demo;

import static io.nirvanastreams.schemas.Outcome.KNOWN;
import static io.nirvanastreams.schemas.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
  private static final Learned BAG = new Learned("Bag", 40, 0.95, 2, Duration.ofSeconds(9));

  private final DemoBooks books =
      new DemoBooks(
          new AnswerLedger(),
          new GroupBook(),
          new VersionBook(),
          new AtomicLong(),
          new AtomicReference<>(""),
          null);
  private long sequence;

  @BeforeEach
  void runWithoutAnyFault() {
    books.versions().manifest(manifest(1, "Coat", "Sandal"));
    books.versions().manifest(manifest(2, "Coat", "Sandal", "Bag"));
    answer("Coat", KNOWN, "Coat", 1);
    answer("Coat", KNOWN, "Sandal", 1);
    answer("Bag", UNKNOWN, "Coat", 1);
    answer("Sandal", KNOWN, "Sandal", 2);
    answer("Bag", KNOWN, "Bag", 2);
    answer("Bag", UNKNOWN, "Bag", 2);
    answer("Bag", KNOWN, "Coat", 2);
    answer("Bag", KNOWN, "Coat", 2);
  }

  @Test
  void shouldSumUpWhatTheLoopCameTo() {
    DemoSummary summary = summary();

    assertThat(summary.kept()).isTrue();
    assertThat(summary.promises())
        .hasSize(6)
        .allSatisfy((promise, broken) -> assertThat(broken).isEmpty());
    assertThat(summary.versions()).extracting(VersionMeasures::version).containsExactly(1, 2);
    assertThat(summary.oldAccuracy()).containsExactly(0.5, 1.0);
    assertThat(summary.classes()).containsExactly(2, 3);
    assertThat(summary.laterRecall()).containsExactly(0.25);
    assertThat(summary.laterNearest()).containsExactly(0.5);
    assertThat(text(summary))
        .contains("  kept    TheLoopCloses")
        .contains("accuracy on the first 2 classes, version by version: 50.0% -> 100.0%")
        .contains(
            "learned Bag from 40 grouped images (95.0% of them right): answered by version 2"
                + " 9 s after it was named, recall on later images 25.0%"
                + " (nearest centre right: 50.0%)")
        .contains("images in 8, answers out 8, missing 0, doubled 0, dead letters 0")
        .contains("swaps between two batches: to version 2 in 3.5 ms")
        .noneMatch(line -> line.contains("BROKEN"));
  }

  @Test
  void shouldTellMissingDoubledAndStrangeAnswers() {
    for (TopicCount count :
        List.of(
            new TopicCount(8, 7, 1, 0, 0),
            new TopicCount(8, 9, 0, 1, 0),
            new TopicCount(8, 9, 0, 0, 1),
            new TopicCount(8, 8, 1, 1, 0))) {
      assertBroken(summary(count, 1, List.of(BAG)), "EveryImageAnsweredOnce", count.toString());
    }
  }

  @Test
  void shouldTellAnswersOutOfOrder() {
    SentImage early = sent("Coat");
    answer("Coat", KNOWN, "Coat", 2);
    books.ledger().answered(Answers.right(early, 2), 1005);

    assertBroken(summary(), "OrderPerSource", "camera-1-8 came after camera-1-9");
  }

  @Test
  void shouldTellAVersionThatWentBack() {
    answer("Coat", KNOWN, "Coat", 1);

    assertBroken(summary(), "OneModelPerAnswer", "went back from version 2 to 1");
  }

  @Test
  void shouldTellACentreThatMoved() {
    books.versions().centre(centre("Coat", 1, 5));
    books.versions().centre(centre("Bag", 2, 6));
    books.versions().centre(centre("Coat", 2, 5));
    assertThat(summary().kept()).isTrue();

    books.versions().centre(centre("Coat", 3, 7));

    assertBroken(summary(), "CentresNeverMove", "Coat moved in version 3");
  }

  @Test
  void shouldTellTooManyAlarms() {
    AnswerLedger ledger = books.ledger();
    for (int i = 0; i < 40; i++) {
      SentImage image = Answers.image("camera-2", i, "Coat");
      ledger.sent(image);
      ledger.answered(Answers.recognition(image, UNKNOWN, "Coat", 1), 1005);
    }

    assertBroken(summary(), "CalibratedAlarms", "0.9524 measured");
  }

  @Test
  void shouldTellALoopThatDidNotClose() {
    TopicCount exact = new TopicCount(8, 8, 0, 0, 0);

    assertBroken(summary(exact, 2, List.of(BAG)), "TheLoopCloses", "1 of 2 classes were learned");
    DemoSummary notAsked = summary(exact, 0, List.of());
    assertThat(notAsked.kept()).isTrue();
    assertThat(notAsked.promises()).doesNotContainKey("TheLoopCloses");
    assertThat(text(notAsked)).contains("no class was learned").doesNotContain("TheLoopCloses");
  }

  @Test
  void shouldShowWhatIsNotKnownAsADash() {
    Learned byAPerson = new Learned("Dress", 0, Double.NaN, 3, Duration.ZERO);

    List<String> lines = text(summary(new TopicCount(8, 8, 0, 0, 0), 1, List.of(byAPerson)));

    assertThat(lines)
        .contains(
            "learned Dress: answered by version 3, recall on later images - (nearest centre"
                + " right: -)");
  }

  private static void assertBroken(DemoSummary summary, String promise, String why) {
    assertThat(summary.kept()).isFalse();
    assertThat(summary.promises().get(promise)).contains(why);
    assertThat(text(summary))
        .filteredOn(line -> line.contains("BROKEN"))
        .singleElement()
        .asString()
        .startsWith("  BROKEN  " + promise + ": ")
        .contains(why);
  }

  private DemoSummary summary() {
    return summary(new TopicCount(8, 8, 0, 0, 0), 1, List.of(BAG));
  }

  private DemoSummary summary(TopicCount count, int classesAsked, List<Learned> learned) {
    return DemoSummary.of(
        Answers.calibration(0.05, 199, "Coat", "Sandal"), classesAsked, books, learned, count);
  }

  private static List<String> text(DemoSummary summary) {
    return SummaryText.of(summary, List.of(activated(1, 100), activated(2, 3.5)));
  }

  private SentImage sent(String truth) {
    SentImage image = Answers.image("camera-1", sequence++, truth);
    books.ledger().sent(image);
    return image;
  }

  private void answer(String truth, Outcome outcome, String nearest, int version) {
    books.ledger().answered(Answers.recognition(sent(truth), outcome, nearest, version), 1005);
  }

  private static ModelManifest manifest(int version, String... classes) {
    return ModelManifest.newBuilder()
        .setName("demo")
        .setVersion(version)
        .setClasses(List.of(classes))
        .setWeightsSha256(Answers.WEIGHTS + version)
        .build();
  }

  private static ModelEvent activated(int version, double millis) {
    return ModelEvent.newBuilder()
        .setVersion(version)
        .setKind(ModelEventKind.ACTIVATED)
        .setDurationMillis(millis)
        .setOccurredAt(Instant.EPOCH)
        .build();
  }

  private static ClassCentre centre(String label, int version, int coordinate) {
    return ClassCentre.newBuilder()
        .setLabel(label)
        .setModelVersion(version)
        .setCoordinates(ByteBuffer.wrap(new byte[] {(byte) coordinate}))
        .build();
  }
}
