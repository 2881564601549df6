package io.nirvanastreams.trainer.evaluate.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.measure.ConfusionMatrix;
import io.nirvanastreams.openset.measure.RateCurve;
import io.nirvanastreams.trainer.evaluate.picture.ReliabilityPicture.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  @Test
  void shouldWriteThePictureAndItsNumbers(@TempDir Path folder) throws IOException {
    ConfusionMatrix confusion = new ConfusionMatrix(List.of("cat, small", "unknown"));
    confusion.add(0, 0);
    confusion.add(0, 1);

    new ConfusionPicture(confusion).write(folder.resolve("new"), "confusion");

    BufferedImage image = ImageIO.read(folder.resolve("new/confusion.png").toFile());
    assertThat(image.getWidth()).isGreaterThan(200);
    assertThat(Files.readAllLines(folder.resolve("new/confusion.csv")))
        .containsExactly(
            "actual,answered,images",
            "\"cat, small\",\"cat, small\",1",
            "\"cat, small\",unknown,1",
            "unknown,\"cat, small\",0",
            "unknown,unknown,0");
  }

  @Test
  void shouldMeasureBetweenTheMeansOfClassesThatHaveImages() {
    LabelledPoints known =
        new LabelledPoints(
            List.of("a", "none", "b"), new float[][] {{0, 0}, {2, 0}, {1, 3}}, new int[] {0, 0, 2});
    LabelledPoints unknown =
        new LabelledPoints(List.of("x"), new float[][] {{1, 4}}, new int[] {0});

    DistancePicture picture = DistancePicture.of(known, unknown);

    assertThat(picture.labels()).containsExactly("a", "b", "? x");
    assertThat(picture.distance(0, 1)).isEqualTo(3);
    assertThat(picture.distance(2, 0)).isEqualTo(4);
    assertThat(picture.csv()).contains("b,? x,1.0");
    // A pair of far classes is darker than a class with itself.
    assertThat(darkness(picture.draw())).isGreaterThan(0.01);
  }

  @Test
  void shouldKeepOnlyTheCornersOfACurve() {
    RateCurve curve = RateCurve.roc(new double[] {5, 4, 3, 1}, new double[] {2, 0});
    RatePicture picture = RatePicture.roc(Map.of("raw", curve));
    assertThat(picture.csv().lines())
        .containsExactly(
            "score,unknown_accepted,known_accepted",
            "raw,0.0,0.0",
            "raw,0.0,0.75",
            "raw,0.5,0.75",
            "raw,0.5,1.0",
            "raw,1.0,1.0");
    assertThat(darkness(picture.draw())).isGreaterThan(0.005);
  }

  @Test
  void shouldDrawEveryClassAndCentre() {
    Random random = new Random(1);
    float[][] points = new float[40][];
    Arrays.setAll(
        points, i -> new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()});
    int[] labels = new int[40];
    Arrays.setAll(labels, i -> i % 2);
    LabelledPoints known = new LabelledPoints(List.of("a", "unknown", "empty"), points, labels);
    float[][] centres = {{1, 0}, {0, 1}, {-1, -1}};
    EmbeddingPicture picture =
        new EmbeddingPicture(
            "features", centres, known, new LabelledPoints(List.of("x"), points, new int[40]));

    assertThat(picture.csv().lines().filter(line -> line.startsWith("centre"))).hasSize(3);
    assertThat(picture.csv().lines().filter(line -> line.startsWith("known"))).hasSize(40);
    assertThat(darkness(picture.draw())).isGreaterThan(0.005);
    float[][] spatial = {{1, 2, 3}};
    LabelledPoints other = new LabelledPoints(List.of("x"), spatial, new int[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmbeddingPicture("features", centres, known, other))
        .withMessageContaining("dimension of 2");
  }

  @Test
  void shouldDrawReliabilityWithAndWithoutAPromise() {
    ReliabilityPicture kept =
        new ReliabilityPicture(
            "kept", List.of(new Point(0.01, 0.008, 0.02), new Point(0.5, 0.49, 0.55)));
    ReliabilityPicture nothing =
        new ReliabilityPicture("nothing", List.of(new Point(0.01, 0.03, Double.NaN)));
    assertThat(kept.csv()).contains("0.01,0.008,0.02");
    assertThat(nothing.csv()).contains("0.01,0.03,\n");
    assertThat(darkness(kept.draw())).isGreaterThan(0.005);
    assertThat(darkness(nothing.draw())).isGreaterThan(0.005);
  }

  /** Share of the pixels that are not nearly white. */
  private static double darkness(BufferedImage image) {
    long dark = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) & 0xff) < 160 ? 1 : 0;
      }
    }
    return (double) dark / image.getHeight() / image.getWidth();
  }
}
