package io.nirvanastreams.app.model;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The part of Fashion-MNIST that comes with the program. Stateless. */
public final class BundledImages {
  private static final List<String> FILES =
      List.of(
          "train-1500-images-idx3-ubyte.gz",
          "train-1500-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz",
          "classes.txt");

  private BundledImages() {}

  /**
   * Unpacks the data set into {@code folder/fashion-mnist}, over what is there, and returns that.
   */
  public static Path unpack(Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("fashion-mnist"));
    for (String name : FILES) {
      try (InputStream resource =
          BundledImages.class.getResourceAsStream("/fashion-mnist/" + name)) {
        Files.copy(resource, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return target;
  }

  /**
   * Writes test images as PNG files, as frames of a camera: {@code folder/frames/00001-Class.png}.
   *
   * @param count how many, from the first on; fewer where the data set has fewer
   * @return the folder of the frames
   */
  public static Path frames(Path folder, int count) throws IOException {
    ImageSet test = DataSource.open(unpack(folder), null).test();
    Path target = Files.createDirectories(folder.resolve("frames"));
    for (int index = 0; index < Math.min(count, test.size()); index++) {
      String truth = test.classes().get(test.label(index)).replaceAll("[^A-Za-z0-9]+", "-");
      Files.write(
          target.resolve(String.format("%05d-%s.png", index + 1, truth)),
          ImageEncoder.png(test.pixels(index), test.shape()));
    }
    return target;
  }
}
