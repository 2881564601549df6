package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Images, answers and groups that the demo's tests are fed with. */
final class Answers {
  static final String WEIGHTS = "weights";

  private Answers() {}

  static SentImage image(String sourceId, long sequence, String truth) {
    return new SentImage(sourceId + "-" + sequence, sourceId, sequence, truth, 1000);
  }

  /** A KNOWN answer with the true class. */
  static Recognition right(SentImage image, int version) {
    return recognition(image, Outcome.KNOWN, image.truth(), version);
  }

  static Recognition recognition(SentImage image, Outcome outcome, String nearest, int version) {
    return Recognition.newBuilder()
        .setEventId(image.eventId())
        .setSourceId(image.sourceId())
        .setOutcome(outcome)
        .setNearest(List.of(NearestClass.newBuilder().setLabel(nearest).build()))
        .setModelVersion(version)
        .setWeightsSha256(WEIGHTS + version)
        .setThresholdVersion("t")
        .build();
  }

  /** An answer whose scores do not matter. */
  static Answer answer(String truth, Outcome outcome, String nearest, int version) {
    return scored(truth, outcome, nearest, version, 0, 0);
  }

  static Answer scored(
      String truth, Outcome outcome, String nearest, int version, double score, double rawScore) {
    return new Answer(
        image("camera-1", 0, truth), outcome, nearest, score, rawScore, version, WEIGHTS, 5);
  }

  /** A calibration with some scores for each class. */
  static OpenSetCalibration calibration(double alpha, int scores, String... labels) {
    double[] ascending = IntStream.range(0, scores).asDoubleStream().toArray();
    return new OpenSetCalibration(
        "1",
        alpha,
        "conformal-class-conditional",
        "cosine",
        Map.of(),
        Arrays.stream(labels)
            .map(label -> new ClassCalibration(label, ascending, new float[0][]))
            .toList());
  }

  /** Books images of one true class as sent, and as members of an open group. */
  static void grow(
      GroupBook groups, AnswerLedger ledger, String groupId, String truth, int firstId, int count) {
    groups.group(group(groupId, GroupState.OPEN, null));
    for (int i = firstId; i < firstId + count; i++) {
      SentImage image = image(groupId, i, truth);
      ledger.sent(image);
      groups.member(member(groupId, image.eventId()));
    }
  }

  static NoveltyGroup group(String groupId, GroupState state, String mergedInto) {
    return NoveltyGroup.newBuilder()
        .setGroupId(groupId)
        .setState(state)
        .setMergedInto(mergedInto)
        .setFirstSeen(Instant.EPOCH)
        .setLastSeen(Instant.EPOCH)
        .setMeanEmbedding(ByteBuffer.allocate(0))
        .build();
  }

  static GroupMember member(String groupId, String eventId) {
    return GroupMember.newBuilder().setGroupId(groupId).setEventId(eventId).build();
  }

  /** A producer that keeps what it is given and needs no registry. */
  static <T> MockProducer<String, T> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new StringSerializer(), (topic, value) -> new byte[0]);
  }
}
