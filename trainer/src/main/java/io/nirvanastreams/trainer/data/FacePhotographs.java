package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.FacePair.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The photographs that a list of pairs names, each once. Immutable as long as nobody writes into
 * the pixel arrays.
 *
 * @param pixels of each photograph, uint8, HWC; the order is that of the list
 */
public record FacePhotographs(Map<Photograph, byte[]> pixels) {
  private static final List<String> ENDINGS = List.of("jpg", "png", "jpeg");

  /** Copies the map. */
  public FacePhotographs {
    pixels = Collections.unmodifiableMap(new LinkedHashMap<>(pixels));
  }

  /**
   * Reads the photographs of pairs and scales them.
   *
   * @param folder has a folder a person, in it {@code Person_0001.jpg}, {@code .png} or {@code
   *     .jpeg}
   * @throws UnusableDataException when a photograph is missing or cannot be decoded
   */
  public static FacePhotographs read(Path folder, List<FacePair> pairs, InputShape shape)
      throws IOException {
    Set<Photograph> wanted = new LinkedHashSet<>();
    for (FacePair pair : pairs) {
      wanted.add(pair.first());
      wanted.add(pair.second());
    }
    List<Photograph> photographs = List.copyOf(wanted);
    List<Path> files = new ArrayList<>();
    for (Photograph photograph : photographs) {
      files.add(file(folder, photograph));
    }
    byte[][] images = ImageFiles.decode(files, shape);
    Map<Photograph, byte[]> pixels = new LinkedHashMap<>();
    for (int i = 0; i < images.length; i++) {
      pixels.put(photographs.get(i), images[i]);
    }
    return new FacePhotographs(pixels);
  }

  private static Path file(Path folder, Photograph photograph) throws UnusableDataException {
    for (String ending : ENDINGS) {
      Path file = folder.resolve(photograph.path(ending));
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new UnusableDataException(
        "the list of pairs names %s, which %s has not; name the folder of its photographs"
            .formatted(photograph.path(), folder));
  }
}
