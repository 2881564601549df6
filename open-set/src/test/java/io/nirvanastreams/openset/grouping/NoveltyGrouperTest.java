package io.nirvanastreams.openset.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.Blobs;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoveltyGrouperTest {

  private static final int DIMENSION = 16;
  private static final GroupingSettings SETTINGS = new GroupingSettings(0.3, 0.1, 5, 50, 3);
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};

  private final NoveltyGrouper grouper = new NoveltyGrouper("site", SETTINGS);

  @Test
  void shouldFormOneGroupPerBlob() {
    Blobs blobs = new Blobs(3);
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      float[] image = blobs.near(Blobs.axis(DIMENSION, i % 2), 0.1);
      joined.add(grouper.add("e" + i, image, i).cluster().id());
    }
    List<Cluster> groups = grouper.clusters().stream().filter(Cluster::born).toList();
    assertThat(groups).hasSize(2).allSatisfy(group -> assertThat(group.size()).isEqualTo(100));
    for (int i = 2; i < joined.size(); i++) {
      assertThat(joined.get(i)).isEqualTo(joined.get(i % 2));
    }
    for (Cluster group : groups) {
      int axis = group.id().equals(joined.get(0)) ? 0 : 1;
      assertThat(Cosine.distance(group.mean(), Blobs.axis(DIMENSION, axis))).isLessThan(0.01);
      assertThat(group.exemplars()).containsExactly("e" + axis, "e" + (axis + 2), "e" + (axis + 4));
      assertThat(group.firstSeen()).isEqualTo(axis);
      assertThat(group.lastSeen()).isEqualTo(198 + axis);
    }
  }

  @Test
  void shouldNotMakeAGroupOfNoise() {
    Blobs blobs = new Blobs(4);
    for (int i = 0; i < 300; i++) {
      GroupingChange change = grouper.add("e" + i, blobs.anywhere(64), i);
      assertThat(change.born()).isFalse();
      assertThat(change.newMembers()).isEmpty();
    }
    assertThat(grouper.clusters()).noneMatch(Cluster::born);
  }

  @Test
  void shouldReportEveryMemberOfAGroupOnce() {
    for (int i = 1; i <= 4; i++) {
      GroupingChange change = grouper.add("e" + i, EAST, i);
      assertThat(change.born()).isFalse();
      assertThat(change.newMembers()).isEmpty();
    }
    GroupingChange birth = grouper.add("e5", EAST, 5);
    assertThat(birth.born()).isTrue();
    assertThat(birth.newMembers())
        .extracting(Member::eventId)
        .containsExactly("e1", "e2", "e3", "e4", "e5");
    GroupingChange next = grouper.add("e6", new float[] {4, 1}, 6);
    assertThat(next.born()).isFalse();
    assertThat(next.newMembers()).containsExactly(new Member("e6", next.distance(), 6));
    assertThat(next.distance()).isCloseTo(1 - 4 / Math.sqrt(17), within(1e-6));
    assertThat(next.cluster().size()).isEqualTo(6);
  }

  @Test
  void shouldMergeTheSmallerIntoTheLargerWhenTheyGrowTogether() {
    NoveltyGrouper merging = new NoveltyGrouper("site", new GroupingSettings(0.2, 0.15, 3, 50, 9));
    String large = null;
    for (int i = 0; i < 4; i++) {
      large = merging.add("l" + i, EAST, 10 + i).cluster().id();
    }
    Cluster small = merging.add("s0", direction(0.75), 1).cluster();
    assertThat(small.id()).isNotEqualTo(large);
    GroupingChange change = merging.add("l4", direction(0.35), 20);
    assertThat(change.merges()).isEmpty();
    assertThat(change.cluster().id()).isEqualTo(large);
    change = merging.add("s1", direction(0.45), 21);
    assertThat(change.merges()).extracting(Merge::into).containsExactly(large);
    assertThat(change.merges().get(0).from().id()).isEqualTo(small.id());
    assertThat(change.cluster().size()).isEqualTo(7);
    assertThat(change.cluster().firstSeen()).isEqualTo(1);
    assertThat(change.newMembers()).extracting(Member::eventId).containsExactly("s0", "s1");
    assertThat(merging.clusters()).containsExactly(change.cluster());
  }

  @Test
  void shouldBeBornByAMergeOfCandidates() {
    NoveltyGrouper merging = new NoveltyGrouper("site", new GroupingSettings(0.05, 0.05, 4, 9, 9));
    merging.add("a1", direction(0), 1);
    merging.add("a2", direction(0), 2);
    merging.add("b1", direction(0.4), 3);
    GroupingChange change = merging.add("b2", direction(0.22), 4);
    assertThat(change.merges()).hasSize(1);
    assertThat(change.born()).isTrue();
    assertThat(change.newMembers())
        .extracting(Member::eventId)
        .containsExactly("a1", "a2", "b1", "b2");
  }

  @Test
  void shouldBoundTheMemoryAndKeepGroups() {
    NoveltyGrouper small = new NoveltyGrouper("site", new GroupingSettings(0.1, 0.05, 3, 4, 2));
    for (int i = 0; i < 3; i++) {
      small.add("g" + i, Blobs.axis(DIMENSION, 0), 0);
    }
    String oldest = small.add("pair", Blobs.axis(DIMENSION, 1), 1).cluster().id();
    small.add("pair2", Blobs.axis(DIMENSION, 1), 2);
    String single = small.add("single", Blobs.axis(DIMENSION, 2), 3).cluster().id();
    small.add("single2", Blobs.axis(DIMENSION, 3), 4);
    GroupingChange change = small.add("new", Blobs.axis(DIMENSION, 4), 5);
    assertThat(change.evicted()).extracting(Cluster::id).containsExactly(single);
    assertThat(small.clusters()).hasSize(4).anyMatch(Cluster::born);
    assertThat(small.cluster(oldest)).isPresent();
  }

  @Test
  void shouldReportTheGroupLongestUnseenWhenOnlyGroupsAreLeft() {
    NoveltyGrouper small = new NoveltyGrouper("site", new GroupingSettings(0.1, 0.05, 1, 2, 2));
    small.add("a", Blobs.axis(DIMENSION, 0), 1);
    String second = small.add("b", Blobs.axis(DIMENSION, 1), 2).cluster().id();
    small.add("a2", Blobs.axis(DIMENSION, 0), 3);
    GroupingChange change = small.add("c", Blobs.axis(DIMENSION, 2), 0);
    assertThat(change.born()).isTrue();
    assertThat(change.evicted()).singleElement().matches(Cluster::born);
    assertThat(change.evicted().get(0).id()).isEqualTo(second);
  }

  @Test
  void shouldNotLetAnOldImageEvictItself() {
    NoveltyGrouper one = new NoveltyGrouper("site", new GroupingSettings(0.1, 0.05, 2, 1, 2));
    one.add("a", EAST, 5);
    GroupingChange change = one.add("late", NORTH, 1);
    assertThat(one.clusters()).containsExactly(change.cluster());
  }

  @Test
  void shouldForgetWhatIsRemoved() {
    String east = grouper.add("e", EAST, 1).cluster().id();
    String north = grouper.add("n", NORTH, 1).cluster().id();
    assertThat(grouper.remove(east)).isPresent();
    assertThat(grouper.remove(east)).isEmpty();
    assertThat(grouper.add("e2", EAST, 2).cluster().id()).isNotEqualTo(east);
    grouper.retain(cluster -> cluster.id().equals(north));
    assertThat(grouper.clusters()).extracting(Cluster::id).containsExactly(north);
    grouper.reset();
    assertThat(grouper.clusters()).isEmpty();
    // After a reset another dimension is another model's, and welcome.
    assertThat(grouper.add("x", new float[] {1, 2, 3}, 3).cluster().size()).isOne();
  }

  @Test
  void shouldNameClustersByScopeAndFirstImage() {
    String id = grouper.add("e", EAST, 1).cluster().id();
    assertThat(new NoveltyGrouper("site", SETTINGS).add("e", NORTH, 9).cluster().id())
        .isEqualTo(id);
    assertThat(new NoveltyGrouper("other", SETTINGS).add("e", EAST, 1).cluster().id())
        .isNotEqualTo(id);
    // The same image again, in another place: two clusters never share an id.
    assertThat(grouper.add("e", NORTH, 1).cluster().id()).isNotEqualTo(id);
  }

  @Test
  void shouldRefuseVectorsThatAreNotComparable() {
    grouper.add("e", EAST, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grouper.add("n", new float[] {1, Float.NaN}, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grouper.add("n", new float[] {1, 2, 3}, 1));
    assertThat(grouper.clusters()).hasSize(1);
  }

  private static float[] direction(double angle) {
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }
}
