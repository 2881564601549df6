package io.nirvanastreams.processor.gauge;

import io.nirvanastreams.processor.state.BoundedStore;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the answers of each calibration and, once people label their images, which of them were
 * wrong; tells both as gauges, one record for a calibration and partition.
 *
 * <p>An image is found again among the answers that are kept: all unknown ones, and of the known
 * ones a sample that only their ids decide on, so that it is fair. Answers at the target of an
 * override are left out: the gauge stands beside the calibration's own. The first label of an image
 * counts. One per task; its thread only.
 */
public final class GaugeProcessor implements Processor<String, Recognition, String, AlarmGauge> {
  /** Name of the store with the counts. */
  public static final String COUNTS = "gauge-counts";

  /** Name of the store with the answers that are kept. */
  public static final String EVENTS = "gauge-answers";

  /** How often labels are looked for and gauges are told. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int CALIBRATIONS = 8;
  private static final char SEPARATOR = '\u0000';

  private final GaugeOptions options;
  private final Function<byte[], LabelAssigned> labels;
  private final String labelStoreName;
  private final String classStoreName;
  private final Set<String> changed = new HashSet<>();
  private ProcessorContext<String, AlarmGauge> context;
  private BoundedStore counts;
  private BoundedStore events;
  private KeyValueStore<String, byte[]> labelStore;
  private KeyValueStore<String, byte[]> classStore;

  /**
   * A processor of one task.
   *
   * @param labels reads a label
   * @param labelStoreName global store of the labels, by subject
   * @param classStoreName global store of the versions' {@link #classes}
   */
  public GaugeProcessor(
      GaugeOptions options,
      Function<byte[], LabelAssigned> labels,
      String labelStoreName,
      String classStoreName) {
    this.options = options;
    this.labels = labels;
    this.labelStoreName = labelStoreName;
    this.classStoreName = classStoreName;
  }

  /** What is kept of a manifest: the names of its classes, and not the rest of its bytes. */
  public static byte[] classes(ModelManifest manifest) {
    return String.join(Character.toString(SEPARATOR), manifest.getClasses())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void init(ProcessorContext<String, AlarmGauge> processorContext) {
    context = processorContext;
    counts = new BoundedStore(context.getStateStore(COUNTS), CALIBRATIONS, Long.MAX_VALUE);
    events = new BoundedStore(context.getStateStore(EVENTS), options.events(), Long.MAX_VALUE);
    changed.addAll(counts.keys());
    labelStore = context.getStateStore(labelStoreName);
    classStore = context.getStateStore(classStoreName);
    context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::tell);
  }

  @Override
  public void process(Record<String, Recognition> record) {
    Recognition answer = record.value();
    if (answer.getOutcome() == Outcome.UNDECODABLE || !answer.getOverrideId().isEmpty()) {
      return;
    }
    boolean unknown = answer.getOutcome() == Outcome.UNKNOWN;
    String calibration =
        ModelKeys.version(answer.getModelName(), answer.getModelVersion())
            + SEPARATOR
            + answer.getThresholdVersion();
    byte[] before = counts.get(calibration);
    GaugeCounts now =
        before == null ? GaugeCounts.start(answer.getAlpha()) : GaugeCounts.of(before);
    counts.put(calibration, record.timestamp(), now.answered(unknown).toBytes());
    changed.add(calibration);
    if (unknown || sampled(answer.getEventId())) {
      events.put(
          answer.getEventId(),
          record.timestamp(),
          ((unknown ? "u" : "k") + calibration).getBytes(StandardCharsets.UTF_8));
    }
  }

  private boolean sampled(String eventId) {
    CRC32 crc = new CRC32();
    crc.update(eventId.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % options.sample() == 0;
  }

  private void tell(long now) {
    for (String eventId : events.keys()) {
      byte[] bytes = labelStore.get(eventId);
      LabelAssigned label = bytes == null ? null : labels.apply(bytes);
      if (label != null
          && label.getSubjectType() == SubjectType.EVENT
          && label.getAction() == LabelAction.ASSIGN) {
        labelled(eventId, label.getClassName(), now);
      }
    }
    for (String calibration : Set.copyOf(changed)) {
      forward(calibration, now);
    }
    changed.clear();
  }

  private void labelled(String eventId, String className, long now) {
    String kept = new String(events.get(eventId), StandardCharsets.UTF_8);
    events.remove(eventId);
    String calibration = kept.substring(1);
    byte[] before = counts.get(calibration);
    if (before != null) {
      GaugeCounts after =
          GaugeCounts.of(before)
              .labelled(kept.startsWith("u"), classes(calibration).contains(className));
      counts.put(calibration, now, after.toBytes());
      changed.add(calibration);
    }
  }

  private List<String> classes(String calibration) {
    byte[] bytes = classStore.get(calibration.substring(0, calibration.indexOf(SEPARATOR)));
    return bytes == null
        ? List.of()
        : List.of(
            new String(bytes, StandardCharsets.UTF_8).split(Character.toString(SEPARATOR), -1));
  }

  private void forward(String calibration, long now) {
    byte[] bytes = counts.get(calibration);
    if (bytes == null) {
      return;
    }
    GaugeCounts count = GaugeCounts.of(bytes);
    String model = calibration.substring(0, calibration.indexOf(SEPARATOR));
    String name = model.substring(0, model.lastIndexOf('/'));
    int version = Integer.parseInt(model.substring(model.lastIndexOf('/') + 1));
    String thresholds = calibration.substring(model.length() + 1);
    int partition = context.taskId().partition();
    AlarmGauge gauge =
        AlarmGauge.newBuilder()
            .setName(name)
            .setVersion(version)
            .setThresholdVersion(thresholds)
            .setPartition(partition)
            .setAlpha(count.alpha())
            .setKnown(count.known())
            .setUnknown(count.unknown())
            .setLabelledKnown(count.labelledKnown())
            .setLabelledKnownOfClasses(count.labelledKnownOfClasses())
            .setLabelledUnknown(count.labelledUnknown())
            .setLabelledUnknownOfClasses(count.labelledUnknownOfClasses())
            .setMeasuredAt(Instant.ofEpochMilli(now))
            .build();
    context.forward(
        new Record<>(ModelKeys.gauge(name, version, thresholds, partition), gauge, now));
  }
}
