package io.nirvanastreams.trainer.train;

import io.nirvanastreams.trainer.picture.PictureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * Writes the course of a training run into a folder: {@code curves.csv} after each epoch, {@code
 * curves.png} at the end. Each epoch's line is complete as soon as the file is seen to have it.
 */
public final class CurveRecorder implements TrainingListener {
  private static final String HEADER =
      "epoch,loss,train_accuracy,validation_accuracy,learning_rate,seconds";

  private final Path folder;
  private final List<EpochResult> curve = new ArrayList<>();

  /** Records into a folder, which is made when it does not exist. */
  public CurveRecorder(Path folder) {
    this.folder = folder;
  }

  @Override
  public void onStart(TrainingTask task, int batches) {
    curve.clear();
    if (task.resume() != null) {
      curve.addAll(task.resume().curve());
    }
  }

  @Override
  public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
    curve.add(result);
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (EpochResult epoch : curve) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%s,%s,%.3f%n",
              epoch.epoch(),
              epoch.loss(),
              epoch.trainAccuracy(),
              Double.isNaN(epoch.validationAccuracy()) ? "" : epoch.validationAccuracy(),
              epoch.learningRate(),
              epoch.seconds()));
    }
    try {
      Files.createDirectories(folder);
      AtomicFiles.write(
          folder.resolve("curves.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The curves cannot be written to " + folder, e);
    }
  }

  @Override
  public void onEnd(TrainedModel model) {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(480)
            .title(model.spec().name() + " " + model.spec().version())
            .xAxisTitle("epoch")
            .build();
    double[] epochs = values(EpochResult::epoch);
    chart.addSeries("loss", epochs, values(EpochResult::loss));
    chart.addSeries("accuracy", epochs, values(EpochResult::trainAccuracy)).setYAxisGroup(1);
    if (curve.stream().noneMatch(epoch -> Double.isNaN(epoch.validationAccuracy()))) {
      chart
          .addSeries("validation", epochs, values(EpochResult::validationAccuracy))
          .setYAxisGroup(1);
    }
    chart.setYAxisGroupTitle(0, "loss");
    chart.setYAxisGroupTitle(1, "accuracy");
    try {
      Files.createDirectories(folder);
      PictureFile.write(() -> BitmapEncoder.getBufferedImage(chart), folder.resolve("curves.png"));
    } catch (IOException e) {
      throw new UncheckedIOException("The curves cannot be drawn into " + folder, e);
    }
  }

  private double[] values(ToDoubleFunction<EpochResult> value) {
    return curve.stream().mapToDouble(value).toArray();
  }
}
