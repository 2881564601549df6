package io.nirvanastreams.app.console.feed;

import static io.nirvanastreams.app.clients.TopicTail.FROM_BEGINNING;

import io.nirvanastreams.app.clients.TopicTail;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Fills a console's view from the topics: images and answers from shortly before now, groups,
 * labels and models from the beginning. Two consumers, so that heavy images do not hold up a label.
 */
public final class ConsoleFeed implements AutoCloseable {
  private static final long ANSWERS_BACK = 40;
  private static final long IMAGES_BACK = 60;
  private static final long ALERTS_BACK = 100;
  private static final long EVENTS_BACK = 200;

  private final TopicTail stream;
  private final TopicTail control;
  private final GroupTraces traces = new GroupTraces();

  private ConsoleFeed(TopicTail stream, TopicTail control) {
    this.stream = stream;
    this.control = control;
  }

  /**
   * Starts to fill a view. Where "now" is, is fixed when this returns.
   *
   * @param clients settings of the Kafka clients
   * @throws org.apache.kafka.common.KafkaException when the cluster cannot be reached or lacks a
   *     topic
   */
  public static ConsoleFeed start(
      Topics topics, Map<String, Object> clients, AvroSerdes serdes, ConsoleView view) {
    ConsoleFeed feed =
        new ConsoleFeed(
            new TopicTail("console-stream", clients, view::problem),
            new TopicTail("console-control", clients, view::problem));
    try {
      feed.followStream(topics, serdes, view);
      feed.followControl(topics, serdes, view);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
    feed.stream.start();
    feed.control.start();
    return feed;
  }

  /** The trace that a group stands in; empty when none is known. */
  public Optional<TraceContext> trace(String groupId) {
    return traces.of(groupId);
  }

  private void followStream(Topics topics, AvroSerdes serdes, ConsoleView view) {
    Deserializer<ImageEvent> images = serdes.deserializer(ImageEvent.class);
    stream.follow(
        topics.images().name(),
        IMAGES_BACK,
        (consumed, fresh) -> {
          if (consumed.value() != null) {
            view.image(images.deserialize(consumed.topic(), consumed.value()));
          }
        });
    Deserializer<Recognition> answers = serdes.deserializer(Recognition.class);
    stream.follow(
        topics.recognitions().name(),
        ANSWERS_BACK,
        (consumed, fresh) -> {
          if (consumed.value() != null) {
            view.recognition(answers.deserialize(consumed.topic(), consumed.value()), fresh);
          }
        });
  }

  private void followControl(Topics topics, AvroSerdes serdes, ConsoleView view) {
    Deserializer<NoveltyGroup> groups = serdes.deserializer(NoveltyGroup.class);
    control.follow(
        topics.groups().name(),
        FROM_BEGINNING,
        (consumed, fresh) -> {
          traces.group(consumed.key(), consumed.headers());
          view.group(consumed.key(), groups.deserialize(consumed.topic(), consumed.value()));
        });
    table(topics.labels(), FROM_BEGINNING, serdes, LabelAssigned.class, view::label);
    table(topics.models(), FROM_BEGINNING, serdes, ModelManifest.class, view::model);
    table(topics.promotions(), FROM_BEGINNING, serdes, Promotion.class, view::promotion);
    table(
        topics.modelEvents(),
        EVENTS_BACK,
        serdes,
        ModelEvent.class,
        (key, event) -> {
          if (event != null) {
            view.modelEvent(event);
          }
        });
    table(
        topics.alerts(),
        ALERTS_BACK,
        serdes,
        Alert.class,
        (key, alert) -> {
          if (alert != null) {
            view.alert(alert);
          }
        });
  }

  private <T extends SpecificRecord> void table(
      Topic topic, long back, AvroSerdes serdes, Class<T> type, BiConsumer<String, T> taker) {
    Deserializer<T> deserializer = serdes.deserializer(type);
    control.follow(
        topic.name(),
        back,
        (consumed, fresh) ->
            taker.accept(
                consumed.key(), deserializer.deserialize(consumed.topic(), consumed.value())));
  }

  @Override
  public void close() {
    stream.close();
    control.close();
  }
}
