package io.nirvanastreams.openset.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.Blobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupingStateTest {

  private static final GroupingSettings SETTINGS = new GroupingSettings(0.35, 0.2, 4, 12, 3);
  private static final int IMAGES = 600;

  private final List<float[]> images = images();

  @Test
  void shouldContinueAfterARestoreAsIfNothingHadHappened() {
    NoveltyGrouper whole = new NoveltyGrouper("site", SETTINGS);
    NoveltyGrouper restarted = new NoveltyGrouper("site", SETTINGS);
    Random random = new Random(1);
    for (int i = 0; i < IMAGES; i++) {
      if (i % 37 == 0) {
        List<Cluster> state = new ArrayList<>();
        for (Cluster cluster : restarted.clusters()) {
          state.add(ClusterCodec.read(ClusterCodec.write(cluster)));
        }
        Collections.shuffle(state, random);
        restarted = new NoveltyGrouper("site", SETTINGS);
        restarted.restore(state);
      }
      GroupingChange expected = whole.add("e" + i, images.get(i), i);
      assertThat(restarted.add("e" + i, images.get(i), i)).isEqualTo(expected);
    }
    assertThat(restarted.clusters()).isEqualTo(whole.clusters());
  }

  @Test
  void shouldTellEveryChangeOfTheState() {
    NoveltyGrouper grouper = new NoveltyGrouper("site", SETTINGS);
    TreeMap<String, Cluster> store = new TreeMap<>();
    int merges = 0;
    int evictions = 0;
    for (int i = 0; i < IMAGES; i++) {
      GroupingChange change = grouper.add("e" + i, images.get(i), i);
      store.put(change.cluster().id(), change.cluster());
      change.merges().forEach(merge -> store.remove(merge.from().id()));
      change.evicted().forEach(cluster -> store.remove(cluster.id()));
      merges += change.merges().size();
      evictions += change.evicted().size();
      assertThat(grouper.clusters()).containsExactlyElementsOf(store.values());
      assertThat(store).hasSizeLessThanOrEqualTo(SETTINGS.maximumClusters());
    }
    assertThat(merges).isPositive();
    assertThat(evictions).isPositive();
  }

  @Test
  void shouldRefuseDamagedBytes() {
    NoveltyGrouper grouper = new NoveltyGrouper("site", SETTINGS);
    byte[] bytes = ClusterCodec.write(grouper.add("e", new float[] {1, 2}, 3).cluster());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> ClusterCodec.read(cut));
    }
    bytes[0] = 9;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterCodec.read(bytes))
        .withMessageContaining("format 9");
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupingSettings(2.5, 0.1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupingSettings(0.1, Double.NaN, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupingSettings(0.1, 0.1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupingSettings(0.1, 0.1, 1, 0, 1));
  }

  /** Wide blobs that split and merge, with noise between them. */
  private static List<float[]> images() {
    Blobs blobs = new Blobs(8);
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      images.add(i % 10 == 9 ? blobs.anywhere(16) : blobs.near(Blobs.axis(16, i % 3), 0.22));
    }
    return images;
  }
}
