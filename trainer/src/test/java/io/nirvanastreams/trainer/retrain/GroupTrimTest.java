package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupTrimTest {
  private static float[][] group(int size, int strangers) {
    Random random = new Random(3);
    float[][] rows = new float[size][8];
    for (int i = 0; i < size; i++) {
      rows[i][i < size - strangers ? 0 : 1 + i % 3] = 1;
      for (int j = 0; j < 8; j++) {
        rows[i][j] += (float) (0.1 * random.nextGaussian());
      }
    }
    return rows;
  }

  @Test
  void shouldDropTheMembersThatDoNotBelong() {
    int[] kept = GroupTrim.keep(group(100, 5), 0.1);

    assertThat(kept).doesNotContain(95, 96, 97, 98, 99);
    assertThat(kept.length).isGreaterThanOrEqualTo(90);
  }

  @Test
  void shouldKeepNearlyAllOfACleanGroup() {
    assertThat(GroupTrim.keep(group(100, 0), 0.1).length).isGreaterThanOrEqualTo(95);
  }

  @Test
  void shouldNotDropMoreThanItsShare() {
    assertThat(GroupTrim.keep(group(100, 30), 0.1).length).isEqualTo(90);
  }

  @Test
  void shouldKeepAGroupWholeThatIsTooSmallToTell() {
    assertThat(GroupTrim.keep(group(9, 1), 0.5)).hasSize(9);
    assertThat(GroupTrim.keep(new float[0][], 0.5)).isEmpty();
  }
}
