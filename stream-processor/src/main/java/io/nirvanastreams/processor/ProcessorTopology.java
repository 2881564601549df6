package io.nirvanastreams.processor;

import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.LiveLimits;
import io.nirvanastreams.processor.gauge.GaugeProcessor;
import io.nirvanastreams.processor.group.Erasures;
import io.nirvanastreams.processor.group.GroupingProcessor;
import io.nirvanastreams.processor.model.ControlListener;
import io.nirvanastreams.processor.recognise.Answer;
import io.nirvanastreams.processor.recognise.AnswerProcessors;
import io.nirvanastreams.processor.recognise.ReceivedImage;
import io.nirvanastreams.processor.recognise.RecogniseProcessor;
import io.nirvanastreams.processor.state.BoundedStore;
import io.nirvanastreams.processor.state.ControlProcessor;
import io.nirvanastreams.processor.state.IdentityStore;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.LiveSettings;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.ThresholdOverride;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the topology; opens nothing.
 *
 * <pre>
 * images -> recognise -> recognitions
 *                     -> novelties
 *                     -> dead-letters
 *                     -> (by scope) -> group -> groups, group-members, alerts
 *                     -> gauge -> gauges
 * models, centres, thresholds, overrides, promotions, settings, labels -> global stores
 * </pre>
 *
 * <p>Novelties go to the grouping straight and not back through their topic: one hop, and one
 * transaction, less.
 */
public final class ProcessorTopology {
  private static final String LABELS = "labels";
  private static final String MODELS = "models";

  private final ProcessorSettings settings;
  private final AvroSerdes serdes;
  private final Topics topics;
  private final Parts parts;
  private final Erasures erasures = new Erasures();

  private ProcessorTopology(ProcessorSettings settings, Parts parts) {
    this.settings = settings;
    this.serdes = settings.serdes();
    this.topics = settings.topics();
    this.parts = parts;
  }

  /**
   * What the topology's processors work with; shared by all tasks of the instance.
   *
   * @param scheduler answers images
   * @param limits hears the settings topic
   * @param models hears the other control topics
   * @param counters counts
   * @param clock tells when an answer was formed
   * @param overrides hears of targets of single sources and classes
   * @param labels hears of the names that people gave, by subject
   */
  public record Parts(
      InferenceScheduler scheduler,
      LiveLimits limits,
      ControlListener models,
      Counters counters,
      Clock clock,
      LiveOverrides overrides,
      BiConsumer<String, LabelAssigned> labels) {}

  /**
   * The topology.
   *
   * @param streams the settings it will run with
   */
  public static Topology build(
      ProcessorSettings settings, Map<String, Object> streams, Parts parts) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(streams)));
    new ProcessorTopology(settings, parts).addTo(builder);
    return builder.build();
  }

  private void addTo(StreamsBuilder builder) {
    ControlListener models = parts.models();
    control(
        builder,
        topics.models(),
        MODELS,
        ModelManifest.class,
        models::manifest,
        (manifest, bytes) -> GaugeProcessor.classes(manifest));
    control(builder, topics.centres(), "centres", ClassCentre.class, models::centre);
    control(builder, topics.thresholds(), "thresholds", Calibration.class, models::calibration);
    control(builder, topics.promotions(), "promotions", Promotion.class, models::promotion);
    control(
        builder,
        topics.overrides(),
        "overrides",
        ThresholdOverride.class,
        parts.overrides()::override);
    control(builder, topics.settings(), "settings", LiveSettings.class, parts.limits()::accept);
    BiConsumer<String, LabelAssigned> erasing = erasures::label;
    control(
        builder,
        topics.labels(),
        LABELS,
        LabelAssigned.class,
        erasing.andThen(parts.labels()),
        (label, bytes) -> bytes);
    KStream<String, Answer> answers = recognise(builder);
    answer(answers);
    group(answers);
    if (settings.gauge().on()) {
      gauge(answers);
    }
  }

  private <V extends SpecificRecord> void control(
      StreamsBuilder builder,
      Topic topic,
      String store,
      Class<V> type,
      BiConsumer<String, V> listener) {
    control(builder, topic, store, type, listener, (value, bytes) -> null);
  }

  private <V extends SpecificRecord> void control(
      StreamsBuilder builder,
      Topic topic,
      String store,
      Class<V> type,
      BiConsumer<String, V> listener,
      BiFunction<V, byte[], byte[]> kept) {
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        topic.name(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(store + "-source"),
        () ->
            new ControlProcessor<>(topic.name(), store, kept, serdes.deserializer(type), listener));
  }

  private KStream<String, Answer> recognise(StreamsBuilder builder) {
    builder.addStateStore(IdentityStore.builder());
    List<String> stores = new ArrayList<>(List.of(IdentityStore.NAME));
    for (String store : settings.answers().stores()) {
      builder.addStateStore(BoundedStore.builder(store));
      stores.add(store);
    }
    return builder.stream(
            topics.images().name(),
            Consumed.with(Serdes.ByteArray(), received()).withName("images-source"))
        .process(
            () ->
                new RecogniseProcessor(
                    parts.scheduler(),
                    serdes.serializer(),
                    topics,
                    parts.counters(),
                    parts.clock(),
                    parts.overrides(),
                    settings.answers()),
            Named.as("recognise"),
            stores.toArray(String[]::new));
  }

  private void answer(KStream<String, Answer> answers) {
    answers
        .mapValues(Answer::recognition, Named.as("recognition"))
        .to(
            topics.recognitions().name(),
            Produced.with(Serdes.String(), written(Recognition.class))
                .withName("recognitions-sink"));
    answers
        .filter((key, answer) -> answer.deadLetter() != null, Named.as("undecodable"))
        .process(
            () -> new AnswerProcessors.ToDeadLetter(topics.deadLetters().name()),
            Named.as("dead-letter"))
        .to(
            topics.deadLetters().name(),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-letters-sink"));
  }

  private void group(KStream<String, Answer> answers) {
    KStream<String, Answer> unknowns =
        answers.filter((key, answer) -> answer.novelty() != null, Named.as("unknown"));
    unknowns
        .mapValues(Answer::novelty, Named.as("novelty"))
        .to(
            topics.novelties().name(),
            Produced.with(Serdes.String(), Serdes.ByteArray()).withName("novelties-sink"));
    KStream<String, SpecificRecord> changes =
        unknowns
            .process(AnswerProcessors.ByScope::new, Named.as("by-scope"))
            .repartition(
                Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                    .withName(AnswerProcessors.BY_SCOPE))
            .process(grouping(), Named.as("group"));
    send(changes, NoveltyGroup.class, topics.groups());
    send(changes, GroupMember.class, topics.members());
    send(changes, Alert.class, topics.alerts());
  }

  private void gauge(KStream<String, Answer> answers) {
    answers
        .mapValues(Answer::recognition, Named.as("gauged"))
        .process(gauging(), Named.as("gauge"))
        .peek((key, gauge) -> parts.counters().gauged(gauge), Named.as("gauge-shown"))
        .to(
            topics.gauges().name(),
            Produced.with(Serdes.String(), written(AlarmGauge.class)).withName("gauges-sink"));
  }

  private ProcessorSupplier<String, Recognition, String, AlarmGauge> gauging() {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Recognition, String, AlarmGauge> get() {
        Deserializer<LabelAssigned> labels = serdes.deserializer(LabelAssigned.class);
        return new GaugeProcessor(
            settings.gauge(),
            bytes -> labels.deserialize(topics.labels().name(), bytes),
            LABELS,
            MODELS);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            // Written for every image: the cache lets one change per transaction through.
            BoundedStore.builder(GaugeProcessor.COUNTS).withCachingEnabled(),
            BoundedStore.builder(GaugeProcessor.EVENTS));
      }
    };
  }

  private <V extends SpecificRecord> void send(
      KStream<String, SpecificRecord> changes, Class<V> type, Topic topic) {
    String name = type.getSimpleName();
    changes
        // A deletion has no value, and goes where the latest of each key is kept.
        .filter(
            (key, change) -> change == null ? topic.compacted() : type.isInstance(change),
            Named.as("is-" + name))
        .mapValues(type::cast, Named.as("as-" + name))
        .to(topic.name(), Produced.with(Serdes.String(), written(type)).withName(name + "-sink"));
  }

  private ProcessorSupplier<String, byte[], String, SpecificRecord> grouping() {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, byte[], String, SpecificRecord> get() {
        return new GroupingProcessor(
            settings.grouping(),
            new GroupingProcessor.Topic<>(
                topics.novelties().name(), serdes.deserializer(Novelty.class)),
            new GroupingProcessor.Topic<>(
                topics.labels().name(), serdes.deserializer(LabelAssigned.class)),
            LABELS,
            erasures);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(GroupingProcessor.STORE),
                    Serdes.String(),
                    Serdes.ByteArray())
                .withLoggingEnabled(Topics.ERASABLE));
      }
    };
  }

  /** Reads only: nothing writes to the images topic here. */
  private Serde<ReceivedImage> received() {
    return Serdes.serdeFrom(
        (topic, value) -> {
          throw new UnsupportedOperationException("the images topic is only read");
        },
        PerThreadSerdes.deserializer(
            () -> new ReceivedImage.Reader(serdes.deserializer(ImageEvent.class))));
  }

  private <V extends SpecificRecord> Serde<V> written(Class<V> type) {
    return Serdes.serdeFrom(
        PerThreadSerdes.serializer(serdes::serializer), serdes.deserializer(type));
  }
}
