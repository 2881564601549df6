package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.experiment.FaceExperiment;
import io.nirvanastreams.app.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of face verification. For use as a mixin. */
public final class FaceOptions {
  private static final String FACES = "faces";

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "Faces: a list of pairs such as pairs.txt of LFW. Nobody in it is learned; the model is"
              + " measured by whether it tells that a pair shows one person.")
  private Path pairs;

  @Option(
      names = "--pair-data",
      paramLabel = "DIR",
      description = "Faces: the folder with the photographs of the pairs (default: --data).")
  private Path pairData;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Faces: the --out folder of a model to verify with, instead of training one.")
  private Path model;

  /**
   * Whether faces are to be verified.
   *
   * @throws UsageException when only a part of what that needs is given
   */
  boolean wanted(String experiment) {
    if (pairs == null && (pairData != null || model != null || experiment.equals(FACES))) {
      throw new UsageException("faces are verified by a list of pairs; name it by --pairs");
    }
    return pairs != null;
  }

  FaceExperiment read() throws IOException {
    return FaceExperiment.read(pairs);
  }

  /** The model to verify with, or null when one is to be trained. */
  ModelFolder model() {
    return model == null ? null : ModelFolder.read(model);
  }

  /**
   * The folder of the photographs.
   *
   * @param data that the training takes, or null
   */
  Path photographs(Path data) {
    Path folder = pairData == null ? data : pairData;
    if (folder == null) {
      throw new UsageException("name the folder of the pairs' photographs by --pair-data");
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + " is no folder; name that of the pairs' photographs");
    }
    return folder;
  }
}
