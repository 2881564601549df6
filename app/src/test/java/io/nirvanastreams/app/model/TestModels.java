package io.nirvanastreams.app.model;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** A model that knows two patterns, trained in a second, and pictures to show it. */
public final class TestModels {
  private static final InputShape SHAPE = new InputShape(1, 28, 28);
  private static final List<String> CLASSES = List.of("stripes", "spot");
  private static final int PER_CLASS = 100;

  private TestModels() {}

  /** Trains the model and writes its folder. */
  public static void write(Path folder) throws IOException, BadModelException {
    write(folder, 1, 0.1);
  }

  /** Trains the model, calibrates it to flag this share of what it knows, and writes its folder. */
  public static void write(Path folder, int version, double alpha)
      throws IOException, BadModelException {
    ImageSet images = images();
    TrainingData data =
        TrainingData.of(
            new DataSource("made up", images, images.subset(new int[0])),
            List.of(),
            List.of(),
            0.1,
            0.3,
            0);
    TrainingTask task =
        new TrainingTask(
            "default",
            version,
            Recipe.forImages(SHAPE).with(Map.of("epochs", "1", "batch-size", "16")),
            data.parts().train(),
            data.parts().validation(),
            null,
            null,
            null,
            "cpu",
            Runtime.getRuntime().availableProcessors(),
            0,
            List.of());
    TrainingJob.run(
        task,
        data,
        CalibrationSettings.conformal(alpha, ScoreChoice.given("cosine"), task.seed()),
        folder,
        Clock.systemUTC());
  }

  /** Writes a model again under another number. */
  public static void writeAgain(Path from, Path folder, int version)
      throws IOException, BadModelException {
    ModelFolder first = ModelFolder.read(from);
    ModelSpec spec = first.artifact().spec();
    ModelArtifact artifact =
        ModelArtifacts.write(
            ModelFolder.artifacts(folder),
            new ModelSpec(
                spec.name(),
                version,
                spec.architecture(),
                spec.options(),
                spec.input(),
                spec.classes(),
                spec.dimension(),
                spec.expand()),
            ModelArtifacts.weights(first.artifact()));
    new ModelFolder(
            artifact, first.calibration(), first.probe(), first.provenance(), first.measures())
        .write(folder);
  }

  /** PNG images of both patterns. */
  public static List<Frame> frames() {
    ImageSet images = images();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      byte[] png = png(images.pixels(i));
      frames.add(Frame.ofFile("made up " + i, png));
    }
    return frames;
  }

  /** Writes the images as a data set: a folder a class. */
  public static void writeImages(Path folder) throws IOException {
    ImageSet images = images();
    for (int i = 0; i < images.size(); i++) {
      Path file = folder.resolve(CLASSES.get(images.label(i))).resolve(i + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, png(images.pixels(i)));
    }
  }

  private static ImageSet images() {
    Random random = new Random(1);
    byte[][] pixels = new byte[2 * PER_CLASS][];
    int[] labels = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      labels[i] = i % 2;
      pixels[i] = draw(labels[i], random);
    }
    return new ImageSet(SHAPE, CLASSES, pixels, labels);
  }

  private static byte[] draw(int label, Random random) {
    byte[] pixels = new byte[SHAPE.size()];
    for (int y = 0; y < SHAPE.height(); y++) {
      for (int x = 0; x < SHAPE.width(); x++) {
        boolean bright = label == 0 ? x % 4 < 2 : Math.hypot(x - 14, y - 14) < 6;
        pixels[y * SHAPE.width() + x] = (byte) ((bright ? 200 : 0) + random.nextInt(50));
      }
    }
    return pixels;
  }

  private static byte[] png(byte[] pixels) {
    BufferedImage image =
        new BufferedImage(SHAPE.width(), SHAPE.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SHAPE.width(), SHAPE.height(), pixels);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
