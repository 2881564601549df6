package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.network.ExecutionSettings;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows a training run on a terminal: a bar that moves, and a line for each epoch. Where the output
 * is no terminal the bar is left out and only the lines are printed, so that log files stay
 * readable.
 */
public final class ProgressBar implements TrainingListener {
  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean moving;
  private long drawn;
  private int lineLength;

  /**
   * A bar.
   *
   * @param out where to
   * @param moving whether it may redraw its line
   */
  public ProgressBar(PrintStream out, boolean moving) {
    this.out = out;
    this.moving = moving;
  }

  /** A bar on the standard output, which moves when that is a terminal. */
  public static ProgressBar onConsole() {
    return new ProgressBar(System.out, isTerminal());
  }

  /**
   * Whether the standard output is a terminal that can redraw a line.
   *
   * <p>From Java 22 on there is a console without a terminal too, and a method that tells them
   * apart, which the Java 17 that this is compiled for does not have.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  @Override
  public void onExecution(ExecutionSettings chosen, String why) {
    out.println(why);
  }

  @Override
  public void onStart(TrainingTask task, int batches) {
    out.printf(
        Locale.ROOT,
        "Training %s %d on %,d images of %d classes, %d epochs of %d steps%n",
        task.name(),
        task.version(),
        task.train().size(),
        task.classes().size(),
        task.recipe().epochs(),
        batches);
  }

  @Override
  public void onBatch(BatchResult result) {
    long now = System.nanoTime();
    if (!moving || (now - drawn < REDRAW_NANOS && result.batch() < result.batches())) {
      return;
    }
    drawn = now;
    int filled = WIDTH * result.batch() / result.batches();
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d/%d [%s] %3d%%  loss %.4f  %,.0f images/s",
            result.epoch(),
            result.epochs(),
            bar,
            100 * result.batch() / result.batches(),
            result.loss(),
            result.imagesPerSecond());
    out.print("\r" + line + " ".repeat(Math.max(0, lineLength - line.length())));
    out.flush();
    lineLength = line.length();
  }

  @Override
  public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d  loss %.4f  accuracy %.3f  validation %s  %.1f s",
            result.epoch(),
            result.loss(),
            result.trainAccuracy(),
            Double.isNaN(result.validationAccuracy())
                ? "none"
                : String.format(Locale.ROOT, "%.3f", result.validationAccuracy()),
            result.seconds());
    String start = moving ? "\r" : "";
    out.println(start + line + " ".repeat(Math.max(0, lineLength - line.length())));
    lineLength = 0;
  }

  @Override
  public void onEnd(TrainedModel model) {
    out.printf(
        Locale.ROOT,
        "Trained in %.1f s; epoch %d selected%n",
        model.seconds(),
        model.selectedEpoch());
  }
}
