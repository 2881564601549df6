package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.demo.GroupBook.CleanGroup;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class StandInTest {
  private static final Set<String> HELD_OUT = Set.of("Bag", "Dress");

  private final AnswerLedger ledger = new AnswerLedger();
  private final GroupBook groups = new GroupBook();
  private final MockProducer<String, LabelAssigned> producer = Answers.producer(true);
  private final StandIn standIn = new StandIn(groups, ledger, producer, "labels");

  @Test
  void shouldNameAllGroupsOfTheLargestCleanClass() {
    grow("bags", "Bag", 30);
    grow("handbags", "Bag", 20);
    grow("dresses", "Dress", 25);

    List<CleanGroup> named = standIn.nameNext(50, HELD_OUT);

    assertThat(named).extracting(CleanGroup::groupId).containsExactly("bags", "handbags");
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("labels", "labels");
    assertThat(producer.history())
        .extracting(ProducerRecord::key)
        .containsExactly("bags", "handbags");
    LabelAssigned label = producer.history().get(0).value();
    assertThat(label.getSubjectId()).isEqualTo("bags");
    assertThat(label.getSubjectType()).isEqualTo(SubjectType.GROUP);
    assertThat(label.getAction()).isEqualTo(LabelAction.ASSIGN);
    assertThat(label.getClassName()).isEqualTo("Bag");
    assertThat(label.getAuthor()).isEqualTo(StandIn.AUTHOR);
    assertThat(standIn.members("Bag").size()).isEqualTo(50);
    assertThat(standIn.members("Bag").purity()).isOne();
  }

  @Test
  void shouldWaitUntilAClassHasEnoughImages() {
    grow("bags", "Bag", 49);
    assertThat(standIn.nameNext(50, HELD_OUT)).isEmpty();
    assertThat(producer.history()).isEmpty();

    Answers.grow(groups, ledger, "bags", "Bag", 49, 1);

    assertThat(standIn.nameNext(50, HELD_OUT)).hasSize(1);
  }

  @Test
  void shouldNotCountSmallOrMixedGroups() {
    grow("few", "Bag", 14);
    grow("mixed", "Bag", 80);
    Answers.grow(groups, ledger, "mixed", "Dress", 80, 10);

    assertThat(standIn.nameNext(1, HELD_OUT)).isEmpty();
  }

  @Test
  void shouldNeverNameAClassThatIsKnown() {
    grow("coats", "Coat", 500);
    grow("bags", "Bag", 60);

    assertThat(standIn.nameNext(50, HELD_OUT))
        .extracting(CleanGroup::className)
        .containsExactly("Bag");
    assertThat(standIn.nameNext(50, HELD_OUT)).isEmpty();
    assertThat(standIn.nameFurther()).isEmpty();
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void shouldNameOneClassAtATime() {
    grow("bags", "Bag", 60);
    grow("dresses", "Dress", 90);

    assertThat(standIn.nameNext(50, HELD_OUT))
        .extracting(CleanGroup::className)
        .containsExactly("Dress");
    assertThat(standIn.nameNext(50, HELD_OUT))
        .extracting(CleanGroup::className)
        .containsExactly("Bag");
  }

  @Test
  void shouldNameFurtherGroupsAsTheyForm() {
    grow("bags", "Bag", 60);
    standIn.nameNext(50, HELD_OUT);
    groups.group(Answers.group("bags", GroupState.NAMED, null));
    grow("handbags", "Bag", 20);
    grow("dresses", "Dress", 90);

    assertThat(standIn.nameFurther()).extracting(CleanGroup::groupId).containsExactly("handbags");
    assertThat(standIn.nameFurther()).isEmpty();
    assertThat(standIn.members("Bag").size()).isEqualTo(80);
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void shouldTellALabelThatWasNotWritten() {
    StandIn refused = new StandIn(groups, ledger, new Refusing(), "labels");
    grow("bags", "Bag", 60);

    assertThatThrownBy(() -> refused.nameNext(50, HELD_OUT))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("the label of bags was not written")
        .hasCauseInstanceOf(AuthorizationException.class);
  }

  private void grow(String groupId, String truth, int count) {
    Answers.grow(groups, ledger, groupId, truth, 0, count);
  }

  private static final class Refusing extends MockProducer<String, LabelAssigned> {
    Refusing() {
      super(true, null, new StringSerializer(), (topic, value) -> new byte[0]);
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, LabelAssigned> unsent) {
      return CompletableFuture.failedFuture(new AuthorizationException("no"));
    }
  }
}
