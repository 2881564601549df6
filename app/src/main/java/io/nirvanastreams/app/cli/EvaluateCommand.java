package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a trained model. */
@Command(
    name = "evaluate",
    description = {
      "Evaluate a trained model on the test images of a data set.",
      "Classes that the model has not are taken as unknown. Give the --seed of the training where"
          + " the data set has no test images of its own."
    })
public final class EvaluateCommand implements Callable<Integer> {
  /** Images that execution and precision are chosen by, where that is left open. */
  private static final int PROBE_IMAGES = 32;

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private DeviceOptions device;

  @Parameters(paramLabel = "MODEL_DIR", description = "The --out folder of 'nirvana train'.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.txt, report.json and confusion.png there.")
  private Path out;

  @Override
  public Integer call() throws IOException, BadModelException {
    ModelFolder model = ModelFolder.read(folder);
    ModelSpec what = model.artifact().spec();
    TrainingData images = data.read(what.classes(), what.input());
    EmbedderOptions options = new EmbedderOptions(device.device(), 0).in(device.execution());
    List<byte[]> all = images.parts().train().pixels();
    List<byte[]> some = all.subList(0, Math.min(PROBE_IMAGES, all.size()));
    try (Embedder embedder = Embedder.load(model.artifact(), options, some)) {
      EvaluationReport report = TrainingJob.evaluate(embedder, model.calibration(), images);
      spec.commandLine().getOut().println(report.toText());
      if (out != null) {
        report.write(out);
      }
    }
    return 0;
  }
}
