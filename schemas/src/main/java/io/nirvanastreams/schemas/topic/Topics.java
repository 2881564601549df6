package io.nirvanastreams.schemas.topic;

import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.LiveSettings;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.ProcessorInstance;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The topic catalogue: every topic of the product under one name prefix. Immutable; safe from any
 * thread.
 *
 * <p>Topics that carry images or answers are partitioned and kept for a time; control topics
 * (models, centres, thresholds, promotions, settings, labels, groups) are compacted, and those that
 * every processor instance reads whole have one partition.
 */
public final class Topics {
  /** The prefix when none is configured. */
  public static final String DEFAULT_PREFIX = "nirvana";

  /** Largest record on the topics that carry images or models, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  private static final Map<String, String> KEPT_FOR_A_WEEK =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
          "max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));

  /**
   * For compacted topics that hold pictures of what may be people: what was deleted leaves the
   * disks with the first write a day later, whereas Kafka by itself looks at a segment once it is
   * full or a week old.
   */
  public static final Map<String, String> ERASABLE =
      Map.of("max.compaction.lag.ms", Long.toString(Duration.ofDays(1).toMillis()));

  private static final Map<String, String> KEPT_FOR_A_YEAR =
      Map.of(
          "cleanup.policy",
          "delete",
          "retention.ms",
          Long.toString(Duration.ofDays(365).toMillis()));

  /** For what is only of interest while it is new; times are the broker's, so that they compare. */
  private static final Map<String, String> PASSING =
      Map.of(
          "cleanup.policy",
          "delete",
          "retention.ms",
          Long.toString(Duration.ofHours(1).toMillis()),
          "segment.ms",
          Long.toString(Duration.ofMinutes(10).toMillis()),
          "message.timestamp.type",
          "LogAppendTime");

  private final String prefix;

  private Topics(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The catalogue under a prefix.
   *
   * @throws IllegalArgumentException when the prefix is not a legal start of a topic name
   */
  public static Topics withPrefix(String prefix) {
    if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "topic prefix '"
              + prefix
              + "' may only have letters, digits, '.', '_' and '-', at most 100 of them");
    }
    return new Topics(prefix);
  }

  /** The prefix of all names. */
  public String prefix() {
    return prefix;
  }

  /** Images to be recognised. */
  public Topic images() {
    return stream("images", "sourceId", ImageEvent.getClassSchema(), "Images to be recognised");
  }

  /** The answers. */
  public Topic recognitions() {
    return stream(
        "recognitions", "sourceId", Recognition.getClassSchema(), "One answer for every image");
  }

  /** Images answered UNKNOWN, with their embeddings. */
  public Topic novelties() {
    return stream(
        "novelties",
        "sourceId",
        Novelty.getClassSchema(),
        "Images answered UNKNOWN, with embeddings");
  }

  /** Which unknown joined which group. */
  public Topic members() {
    return stream(
        "group-members",
        "eventId",
        GroupMember.getClassSchema(),
        "Which unknown joined which group");
  }

  /** Original bytes of what could not be processed. */
  public Topic deadLetters() {
    return stream(
        "dead-letters",
        "original key",
        null,
        "Original bytes of what could not be processed; reason in headers");
  }

  /** Groups of unknowns. */
  public Topic groups() {
    return new Topic(
        name("groups"),
        "groupId",
        NoveltyGroup.getClassSchema(),
        "Groups of unknowns that look alike",
        true,
        erasable(COMPACTED));
  }

  /** What wants a person. */
  public Topic alerts() {
    return stream(
        "alerts", "groupId", Alert.getClassSchema(), "What about the unknowns wants a person");
  }

  /** What people named. */
  public Topic labels() {
    return control(
        "labels",
        "subjectId",
        LabelAssigned.getClassSchema(),
        "Names that people gave to groups and images");
  }

  /** Model versions. */
  public Topic models() {
    return control("models", "name/version", ModelManifest.getClassSchema(), "Model versions");
  }

  /** Weights of models, where the cluster itself is the blob store. */
  public Topic weights() {
    return control(
        "weights",
        "name/digest/file/chunk",
        null,
        "Weights in chunks, where the cluster itself is the blob store");
  }

  /** Class centres per model version. */
  public Topic centres() {
    return control(
        "centres",
        "name/version/label",
        ClassCentre.getClassSchema(),
        "Class centres per model version");
  }

  /** Calibrations. */
  public Topic thresholds() {
    return control(
        "thresholds",
        "name/version/calibration",
        Calibration.getClassSchema(),
        "Calibrations: how scores become decisions");
  }

  /** Other targets for single sources and classes. */
  public Topic overrides() {
    return control(
        "overrides",
        "name/overrideId",
        ThresholdOverride.getClassSchema(),
        "Other targets for single sources and classes, and from when");
  }

  /** Targets beside what was measured. */
  public Topic gauges() {
    return control(
        "gauges",
        "name/version/thresholdVersion/partition",
        AlarmGauge.getClassSchema(),
        "What labels say of the rate of false unknowns");
  }

  /** Roles of model versions. */
  public Topic promotions() {
    return control(
        "promotions",
        "name/version/role/decidedAt",
        Promotion.getClassSchema(),
        "Every decision on model versions: which is live, canary or shadow, from when, and why");
  }

  /** Which processor instances live, and what they have ready. */
  public Topic instances() {
    return new Topic(
        name("instances"),
        "application/instance",
        ProcessorInstance.getClassSchema(),
        "Which processor instances live, and which model versions they have ready",
        false,
        PASSING);
  }

  /** Settings that running instances take over. */
  public Topic settings() {
    return control(
        "settings",
        "application id",
        LiveSettings.getClassSchema(),
        "Settings that running processors take over");
  }

  /** What happened to model versions. */
  public Topic modelEvents() {
    return new Topic(
        name("model-events"),
        "name/version",
        ModelEvent.getClassSchema(),
        "What happened to model versions in trainers and processors",
        false,
        KEPT_FOR_A_WEEK);
  }

  /** Who decided what. */
  public Topic audit() {
    return new Topic(
        name("audit"),
        "actor",
        AuditRecord.getClassSchema(),
        "Who named, ignored, promoted or rolled back what, and from where",
        false,
        KEPT_FOR_A_YEAR);
  }

  /** What candidates would have answered. */
  public Topic evaluations() {
    return new Topic(
        name("evaluations"),
        "name/version",
        Evaluation.getClassSchema(),
        "What candidates would have answered beside the live version",
        false,
        KEPT_FOR_A_WEEK);
  }

  /** All topics, in the order that an image meets them. */
  public List<Topic> all() {
    return List.of(
        images(),
        recognitions(),
        novelties(),
        members(),
        groups(),
        alerts(),
        labels(),
        models(),
        weights(),
        centres(),
        thresholds(),
        overrides(),
        promotions(),
        settings(),
        modelEvents(),
        gauges(),
        evaluations(),
        instances(),
        audit(),
        deadLetters());
  }

  private Topic stream(String suffix, String key, Schema schema, String purpose) {
    return new Topic(name(suffix), key, schema, purpose, true, KEPT_FOR_A_WEEK);
  }

  private Topic control(String suffix, String key, Schema schema, String purpose) {
    return new Topic(name(suffix), key, schema, purpose, false, COMPACTED);
  }

  private static Map<String, String> erasable(Map<String, String> config) {
    Map<String, String> all = new HashMap<>(config);
    all.putAll(ERASABLE);
    return all;
  }

  private String name(String suffix) {
    return prefix + "." + suffix;
  }
}
