package io.nirvanastreams.processor.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.grouping.GroupingSettings;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.Vectors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeGroupsTest {
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};
  private static final GroupingOptions OPTIONS =
      new GroupingOptions(
          new GroupingSettings(0.3, 0.2, 3, 10, 2),
          10,
          Duration.ofSeconds(10),
          new GroupingOptions.Flood(Duration.ofSeconds(60), 1, 1_000));

  private final List<SpecificRecord> out = new ArrayList<>();
  private KeyValueStore<String, byte[]> bytes;
  private ScopeGroups groups;

  @BeforeEach
  void open() {
    bytes =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("s"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    bytes.init(context.getStateStoreContext(), bytes);
    groups = new ScopeGroups("site", OPTIONS, new GroupStore(bytes));
  }

  @Test
  void shouldTellOfAGroupAndAllItsMembersOnceItIsBorn() {
    add("a", EAST, 1, 1_000);
    add("b", EAST, 1, 1_001);
    assertThat(out).isEmpty();

    add("c", EAST, 1, 1_002);

    assertThat(told(GroupMember.class))
        .extracting(GroupMember::getEventId)
        .containsExactly("a", "b", "c");
    assertThat(told(NoveltyGroup.class))
        .singleElement()
        .satisfies(group -> assertThat(group.getExemplars()).hasSize(2));
  }

  @Test
  void shouldNotTellOfEveryMember() {
    for (int i = 0; i < 100; i++) {
      add("e" + i, EAST, 1, 1_000 + i);
    }

    assertThat(told(GroupMember.class)).hasSize(100);
    assertThat(told(NoveltyGroup.class)).hasSizeBetween(5, 14);
  }

  @Test
  void shouldBeginAnewWithANewVersionAndCloseWhatNobodyNamed() {
    fill("e", EAST, 1);
    fill("n", NORTH, 1);
    String named = told(NoveltyGroup.class).get(0).getGroupId();
    groups.decide(id -> id.equals(named) ? label(id) : null, (key, value) -> out.add(value));
    out.clear();

    add("x", EAST, 2, 2_000);

    assertThat(told(NoveltyGroup.class))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.getGroupId()).isNotEqualTo(named);
              assertThat(group.getState()).isEqualTo(GroupState.IGNORED);
              assertThat(group.getModelVersion()).isEqualTo(1);
            });
  }

  @Test
  void shouldCloseAGroupThatALaterVersionKnowsUnlessAPersonNamedIt() {
    fill("e", EAST, 1);
    fill("n", NORTH, 1);
    String named = told(NoveltyGroup.class).get(0).getGroupId();
    groups.decide(id -> id.equals(named) ? label(id) : null, (key, value) -> out.add(value));
    out.clear();

    groups.decide(ScopeGroupsTest::known, (key, value) -> out.add(value));

    assertThat(told(NoveltyGroup.class))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.getGroupId()).isNotEqualTo(named);
              assertThat(group.getState()).isEqualTo(GroupState.RECOGNISED);
              assertThat(group.getLabel()).isEqualTo("cone");
            });
    out.clear();
    add("x", EAST, 2, 2_000);
    assertThat(told(NoveltyGroup.class)).as("it is closed already").isEmpty();
  }

  @Test
  void shouldLeaveStragglersOfTheVersionBeforeUngrouped() {
    fill("e", EAST, 1);
    add("x", EAST, 2, 2_000);
    add("y", EAST, 2, 2_001);
    out.clear();

    add("straggler", EAST, 1, 1_999);
    add("z", EAST, 2, 2_002);

    assertThat(told(GroupMember.class))
        .extracting(GroupMember::getEventId)
        .containsExactly("x", "y", "z");
  }

  @Test
  void shouldFollowARollback() {
    add("x", EAST, 2, 2_000);
    out.clear();

    add("a", EAST, 1, 3_000);
    add("b", EAST, 1, 3_001);
    add("c", EAST, 1, 3_002);

    assertThat(told(NoveltyGroup.class).get(0).getModelVersion()).isEqualTo(1);
  }

  @Test
  void shouldGoOnFromItsStore() {
    add("a", EAST, 1, 1_000);
    add("b", EAST, 1, 1_001);
    ScopeGroups again = new ScopeGroups("site", OPTIONS, new GroupStore(bytes));
    new GroupStore(bytes)
        .forEach((scope, state) -> again.restore(state), (scope, group) -> again.restore(group));
    again.restored();
    groups = again;

    add("c", EAST, 1, 1_002);

    assertThat(told(NoveltyGroup.class)).hasSize(1);
    assertThat(told(NoveltyGroup.class).get(0).getSize()).isEqualTo(3);
  }

  @Test
  void shouldApplyADecisionOnce() {
    fill("e", EAST, 1);
    out.clear();

    groups.decide(ScopeGroupsTest::label, (key, value) -> out.add(value));
    groups.decide(ScopeGroupsTest::label, (key, value) -> out.add(value));

    assertThat(told(NoveltyGroup.class))
        .singleElement()
        .satisfies(group -> assertThat(group.getLabel()).isEqualTo("cone"));
  }

  @Test
  void shouldKeepNothingOfAnErasedGroup() {
    fill("e", EAST, 1);
    fill("n", NORTH, 1);
    String erased = told(NoveltyGroup.class).get(0).getGroupId();
    out.clear();

    groups.erase(erasure(erased), (key, value) -> out.add(value));
    groups.erase(erasure(erased), (key, value) -> out.add(value));

    assertThat(out).as("one deletion").hasSize(1).containsOnlyNulls();
    assertThat(keys("cluster")).hasSize(1).noneMatch(key -> key.endsWith(erased));
    assertThat(keys("exemplar")).hasSize(2).allMatch(key -> key.contains("\0n"));
    groups.erase(erasure("g-unheard-of"), (key, value) -> out.add(value));
    groups.decide(ScopeGroupsTest::label, (key, value) -> out.add(value));
    assertThat(told(NoveltyGroup.class))
        .extracting(NoveltyGroup::getGroupId)
        .hasSize(1)
        .doesNotContain(erased);
  }

  private List<String> keys(String kind) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = bytes.all()) {
      all.forEachRemaining(
          entry -> {
            if (entry.key.startsWith(kind + "\0")) {
              keys.add(entry.key);
            }
          });
    }
    return keys;
  }

  private static LabelAssigned erasure(String groupId) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setAction(LabelAction.ERASE)
        .setScope("site")
        .build();
  }

  private void fill(String prefix, float[] embedding, int version) {
    for (int i = 0; i < 3; i++) {
      add(prefix + i, embedding, version, 1_000 + i);
    }
  }

  private void add(String eventId, float[] embedding, int version, long time) {
    groups.add(
        Novelty.newBuilder()
            .setRecognition(
                Recognition.newBuilder()
                    .setEventId(eventId)
                    .setScope("site")
                    .setModelName("m")
                    .setModelVersion(version)
                    .setCapturedAt(Instant.ofEpochMilli(time))
                    .build())
            .setEmbedding(Vectors.pack(embedding))
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(new byte[] {1}))
            .build(),
        time,
        0,
        (key, value) -> out.add(value));
  }

  private <T> List<T> told(Class<T> type) {
    return out.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static LabelAssigned known(String groupId) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setAction(LabelAction.RECOGNISE)
        .setRecognisedAs("cone")
        .setModelVersion(2)
        .build();
  }

  private static LabelAssigned label(String groupId) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setAction(LabelAction.ASSIGN)
        .setClassName("cone")
        .build();
  }
}
