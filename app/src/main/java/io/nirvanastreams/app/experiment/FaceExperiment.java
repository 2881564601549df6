package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.openset.measure.FaceVerification;
import io.nirvanastreams.openset.vector.Cosine;
import io.nirvanastreams.trainer.data.FacePair;
import io.nirvanastreams.trainer.data.FacePair.Photograph;
import io.nirvanastreams.trainer.data.FacePhotographs;
import io.nirvanastreams.trainer.data.PairListReader;
import io.nirvanastreams.trainer.data.UnusableDataException;
import io.nirvanastreams.trainer.evaluate.FaceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Face verification of a model by a list of pairs: every photograph is embedded once, a pair is as
 * alike as the cosine of its features. Immutable.
 *
 * @param pairs in the order of their folds
 * @param folds how many equal parts of them are judged in turn
 */
public record FaceExperiment(List<FacePair> pairs, int folds) {
  private static final int CHUNK = 1024;

  /** Copies the list. */
  public FaceExperiment {
    pairs = List.copyOf(pairs);
  }

  /**
   * Reads a list of pairs. One without folds of its own is dealt into ten, each with pairs of both
   * kinds.
   *
   * @throws UsageException when it cannot be used
   */
  public static FaceExperiment read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("--pairs is " + file + ", which is no file; name a list of pairs");
    }
    List<FacePair> listed;
    try {
      listed = PairListReader.read(file);
    } catch (UnusableDataException e) {
      throw new UsageException("--pairs: " + e.getMessage(), e);
    }
    int folds = listed.isEmpty() ? 0 : listed.get(listed.size() - 1).fold() + 1;
    if (folds < 2) {
      folds = FaceVerification.FOLDS;
      listed = alternating(listed);
    }
    if (listed.size() < folds) {
      throw new UsageException(
          "--pairs has %d pairs, too few for %d folds; take more".formatted(listed.size(), folds));
    }
    return new FaceExperiment(listed, folds);
  }

  /** The list has as many pairs of each kind, those of one person first. */
  private static List<FacePair> alternating(List<FacePair> listed) {
    int half = listed.size() / 2;
    List<FacePair> mixed = new ArrayList<>();
    for (int i = 0; i < half; i++) {
      mixed.add(listed.get(i));
      mixed.add(listed.get(half + i));
    }
    return mixed;
  }

  /** Everybody in the pairs, who must not be among those that the network learns. */
  public Set<String> persons() {
    Set<String> persons = new TreeSet<>();
    for (FacePair pair : pairs) {
      persons.add(pair.first().person());
      persons.add(pair.second().person());
    }
    return persons;
  }

  /**
   * Judges the pairs and writes {@code pairs.csv}, {@code roc.png} and {@code roc.csv}.
   *
   * @param photographs the folder that has them
   * @throws UsageException when a photograph is missing or unusable
   */
  FaceReport verify(ModelFolder model, Path photographs, String device, Path folder)
      throws IOException, BadModelException {
    Map<Photograph, float[]> features = new HashMap<>();
    try (Embedder embedder = Embedder.load(model.artifact(), new EmbedderOptions(device, 0))) {
      FacePhotographs faces =
          FacePhotographs.read(photographs, pairs, model.artifact().spec().input());
      List<Photograph> names = List.copyOf(faces.pixels().keySet());
      for (int start = 0; start < names.size(); start += CHUNK) {
        List<Photograph> chunk = names.subList(start, Math.min(names.size(), start + CHUNK));
        List<Embedding> embedded = embedder.embed(chunk.stream().map(faces.pixels()::get).toList());
        for (int i = 0; i < chunk.size(); i++) {
          features.put(chunk.get(i), embedded.get(i).feature());
        }
      }
    } catch (UnusableDataException e) {
      throw new UsageException(e.getMessage(), e);
    }
    double[] cosines = new double[pairs.size()];
    boolean[] same = new boolean[pairs.size()];
    for (int i = 0; i < cosines.length; i++) {
      FacePair pair = pairs.get(i);
      cosines[i] = Cosine.similarity(features.get(pair.first()), features.get(pair.second()));
      same[i] = pair.same();
    }
    FaceReport report = FaceReport.of(cosines, same, folds);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("pairs.csv"), csv(cosines));
    report.writePictures(folder);
    return report;
  }

  private String csv(double[] cosines) {
    StringBuilder csv = new StringBuilder("fold,first,second,same,cosine\n");
    for (int i = 0; i < cosines.length; i++) {
      FacePair pair = pairs.get(i);
      int fold = (int) ((long) i * folds / cosines.length) + 1;
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%b,%.6f%n",
              fold,
              pair.first().path(),
              pair.second().path(),
              pair.same(),
              cosines[i]));
    }
    return csv.toString();
  }
}
