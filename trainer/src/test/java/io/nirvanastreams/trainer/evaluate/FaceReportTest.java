package io.nirvanastreams.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceReportTest {

  @Test
  void shouldTellPersonsApart() throws IOException {
    Random random = new Random(1);
    int pairs = 400;
    float[][] first = new float[pairs][];
    float[][] second = new float[pairs][];
    boolean[] same = new boolean[pairs];
    for (int i = 0; i < pairs; i++) {
      same[i] = i % 2 == 0;
      first[i] = person(random);
      second[i] = same[i] ? again(first[i], random) : person(random);
    }

    FaceReport report = FaceReport.of(first, second, same);

    assertThat(report.folds().accuracy().mean()).isBetween(0.9, 1.0);
    assertThat(report.tarAtFar().get(1e-1)).isGreaterThanOrEqualTo(report.tarAtFar().get(1e-2));
    assertThat(report.toMarkdown())
        .contains("mean of 10 folds")
        .contains("TAR at FAR 0.01 |")
        .contains("| TAR at FAR 0.001 | needs 1000 pairs of two persons |")
        .contains("200 pairs of one person, 200 of two");
    assertThat(report.tarAtFar()).containsOnlyKeys(1e-1, 1e-2);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.get("folds")).hasSize(10);
    assertThat(json.get("accuracy").get("mean").asDouble())
        .isEqualTo(report.folds().accuracy().mean());
    assertThat(json.get("tarAtFar").get("0.1").asDouble()).isEqualTo(report.tarAtFar().get(1e-1));
  }

  @Test
  void shouldRefusePairsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceReport.of(new float[3][2], new float[4][2], new boolean[4]))
        .withMessageContaining("4 pairs");
  }

  private static float[] person(Random random) {
    float[] face = new float[16];
    for (int i = 0; i < face.length; i++) {
      face[i] = (float) random.nextGaussian();
    }
    return face;
  }

  private static float[] again(float[] face, Random random) {
    float[] other = face.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] += (float) (0.5 * random.nextGaussian());
    }
    return other;
  }
}
