package io.nirvanastreams.processor.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.SubjectType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ErasureOnStreamTest {
  @TempDir private Path folder;
  private TestTopology topology;

  @BeforeEach
  void open() {
    topology = new TestTopology(folder, Map.of("grouping.minimum.size", "3"));
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void shouldDeleteAGroupOnceAndFormANewOneOfWhatComesAfterwards() {
    String groupId = born("u", 5_000);
    topology.read(topology.topics.members(), GroupMember.class);
    topology.read(topology.topics.alerts(), Alert.class);

    erase(groupId, "site", 1);
    look();
    look();

    assertThat(groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.key()).isEqualTo(groupId);
              assertThat(group.value()).isNull();
            });
    assertThat(topology.read(topology.topics.members(), GroupMember.class)).isEmpty();
    assertThat(topology.read(topology.topics.alerts(), Alert.class)).isEmpty();
    String next = born("v", 6_000);
    assertThat(next).isNotEqualTo(groupId);
  }

  @Test
  void shouldDeleteWhatIsHeldNoMoreBecauseAnotherVersionAnswers() {
    String groupId = born("u", 5_000);
    topology.publish(2, 6_000);
    topology.image("x", Samples.UNKNOWN, 6_000);
    assertThat(groups())
        .extracting(group -> group.value().getState())
        .containsExactly(GroupState.IGNORED);

    erase(groupId, "another site", 1);
    look();
    assertThat(groups()).as("not this scope's to tell").isEmpty();
    erase(groupId, "site", 2);
    look();
    look();

    assertThat(groups()).hasSize(1).allSatisfy(group -> assertThat(group.value()).isNull());
    erase(groupId, "site", 3);
    look();
    assertThat(groups()).as("asked for again").hasSize(1);
  }

  @Test
  void shouldLeaveAloneWhatALaterVersionOfTheProgramDecides() {
    String groupId = born("u", 5_000);
    LabelAssigned unheardOf = request(groupId, "site", 1);
    unheardOf.setAction(LabelAction.UNSPECIFIED);

    topology.control(topology.topics.labels(), groupId, unheardOf);
    look();

    assertThat(groups()).isEmpty();
  }

  private String born(String prefix, long time) {
    for (int i = 0; i < 3; i++) {
      topology.image(prefix + i, Samples.UNKNOWN, time + i);
    }
    NoveltyGroup group = groups().get(0).value();
    assertThat(group.getState()).isEqualTo(GroupState.OPEN);
    assertThat(group.getSize()).isEqualTo(3);
    return group.getGroupId();
  }

  private void erase(String groupId, String scope, long askedAt) {
    topology.control(topology.topics.labels(), groupId, request(groupId, scope, askedAt));
  }

  private static LabelAssigned request(String groupId, String scope, long askedAt) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setSubjectType(SubjectType.GROUP)
        .setAction(LabelAction.ERASE)
        .setScope(scope)
        .setAssignedAt(Instant.ofEpochMilli(askedAt))
        .build();
  }

  private List<TestRecord<String, NoveltyGroup>> groups() {
    return topology.read(topology.topics.groups(), NoveltyGroup.class);
  }

  private void look() {
    topology.advance(Duration.ofSeconds(2));
  }
}
