package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.clients.TopicTail;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * All that the demo knows, filled from the topics by one reader. Closing ends the reading; the
 * books stay.
 *
 * @param ledger images and answers
 * @param groups groups of unknowns
 * @param versions model versions
 * @param deadLetters dead letters seen
 * @param problem why nothing more can be read; empty while all is well
 * @param tail the reader
 */
record DemoBooks(
    AnswerLedger ledger,
    GroupBook groups,
    VersionBook versions,
    AtomicLong deadLetters,
    AtomicReference<String> problem,
    TopicTail tail)
    implements AutoCloseable {

  static DemoBooks follow(DemoCluster cluster) {
    AtomicReference<String> problem = new AtomicReference<>("");
    TopicTail tail = new TopicTail("demo-reader", cluster.access().kafka(), problem::set);
    DemoBooks books =
        new DemoBooks(
            new AnswerLedger(),
            new GroupBook(),
            new VersionBook(),
            new AtomicLong(),
            problem,
            tail);
    Topics topics = cluster.topics();
    AvroSerdes serdes = cluster.access().serdes();
    follow(
        tail,
        topics.recognitions(),
        serdes.deserializer(Recognition.class),
        recognition -> books.ledger().answered(recognition, System.currentTimeMillis()));
    follow(tail, topics.groups(), serdes.deserializer(NoveltyGroup.class), books.groups()::group);
    follow(tail, topics.members(), serdes.deserializer(GroupMember.class), books.groups()::member);
    follow(
        tail,
        topics.models(),
        serdes.deserializer(ModelManifest.class),
        books.versions()::manifest);
    follow(
        tail, topics.centres(), serdes.deserializer(ClassCentre.class), books.versions()::centre);
    follow(
        tail, topics.modelEvents(), serdes.deserializer(ModelEvent.class), books.versions()::event);
    tail.follow(
        topics.deadLetters().name(),
        TopicTail.FROM_BEGINNING,
        (consumed, fresh) -> books.deadLetters().incrementAndGet());
    tail.start();
    return books;
  }

  private static <T> void follow(
      TopicTail tail, Topic topic, Deserializer<T> deserializer, Consumer<T> book) {
    tail.follow(
        topic.name(),
        TopicTail.FROM_BEGINNING,
        (consumed, fresh) -> {
          if (consumed.value() != null) {
            book.accept(deserializer.deserialize(consumed.topic(), consumed.value()));
          }
        });
  }

  @Override
  public void close() {
    tail.close();
  }
}
