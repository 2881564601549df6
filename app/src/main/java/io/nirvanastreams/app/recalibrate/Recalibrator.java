package io.nirvanastreams.app.recalibrate;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.openset.calibration.FalseUnknownRate;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.calibration.Recalibration;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calibrates a published version again from labels and answers of the stream, and publishes the
 * calibration beside the same weights. Running processors decide with it from its record time on.
 * Safe for any thread.
 */
public final class Recalibrator {
  private static final Logger LOG = LoggerFactory.getLogger(Recalibrator.class);
  private static final Duration READING = Duration.ofMinutes(10);
  private static final Pattern NUMBERED = Pattern.compile("(.*)-r(\\d{1,9})");

  private final ClusterAccess cluster;
  private final Clock clock;

  /** For the models of a cluster. */
  public Recalibrator(ClusterAccess cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param calibration the new calibration
   * @param rate the rate of false unknowns that the labels show for the answers so far
   * @param changed whether it decides otherwise than the one before
   */
  public record Result(OpenSetCalibration calibration, FalseUnknownRate rate, boolean changed) {}

  /**
   * Makes a calibration and publishes nothing.
   *
   * @param alpha its target
   * @param since answers to images before this record time are left out
   * @param keepShort whether a class with too few labels keeps its scores
   * @throws IllegalArgumentException when there are too few labels; the message says where
   */
  public Result fit(ModelVersion version, double alpha, Instant since, boolean keepShort) {
    AnswerSurvey survey = new AnswerSurvey(version, Confirmations.read(cluster));
    read(survey, since);
    OpenSetCalibration before = version.calibration();
    OpenSetCalibration after =
        Recalibration.of(
            next(before.version()), alpha, before, survey.answers(), survey.confirmed(), keepShort);
    boolean changed = alpha != before.alpha() || !after.classes().equals(before.classes());
    return new Result(after, survey.rate(), changed);
  }

  /**
   * Publishes a calibration for a version, beside those that it had.
   *
   * @return the record time of images from which it decides
   */
  public Instant publish(ModelVersion version, OpenSetCalibration calibration, String author) {
    String name = version.spec().name();
    int number = version.spec().version();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Calibration record = CalibrationRecords.toRecord(name, number, calibration, now);
    record.setEffectiveFrom(now.plus(ModelPromotions.DEFAULT_MARGIN));
    record.setParent(version.calibration().version());
    record.setOrigin("confirmed labels of answers");
    record.setAuthor(author);
    try (ControlProducer producer = new ControlProducer(cluster.kafka(), cluster.serdes())) {
      producer.write(cluster.topics().thresholds(), ModelKeys.calibration(record), record);
    }
    return record.getEffectiveFrom();
  }

  private void read(AnswerSurvey survey, Instant since) {
    Topic topic = cluster.topics().recognitions();
    AvroSerdes serdes = cluster.serdes();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka());
        Deserializer<Recognition> deserializer = serdes.deserializer(Recognition.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          READING,
          record -> {
            if (record.timestamp() >= since.toEpochMilli() && record.value() != null) {
              try {
                survey.see(AvroSerdes.read(deserializer, record));
              } catch (SerializationException e) {
                LOG.warn("an answer is left out: {}", e.getMessage(), e);
              }
            }
          });
    }
  }

  /** {@code t1}, {@code t1-r1}, {@code t1-r2}. */
  static String next(String version) {
    Matcher matcher = NUMBERED.matcher(version);
    return matcher.matches()
        ? matcher.group(1) + "-r" + (Integer.parseInt(matcher.group(2)) + 1)
        : version + "-r1";
  }
}
