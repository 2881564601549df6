package io.nirvanastreams.trainer.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Stores the state of a run after every so many epochs, and after the last, in one file that is
 * replaced each time. A run that is killed loses at most the epochs since.
 */
public final class CheckpointWriter implements TrainingListener {
  private final Path file;
  private final int every;
  private Supplier<Checkpoint> unwritten;

  /**
   * A writer.
   *
   * @param file to replace; its folder is made when it does not exist
   * @param every how many epochs
   */
  public CheckpointWriter(Path file, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("Checkpoints come every 1 or more epochs, not " + every);
    }
    this.file = file;
    this.every = every;
  }

  @Override
  public void onStart(TrainingTask task, int batches) {
    unwritten = null;
  }

  @Override
  public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
    unwritten = state;
    if (result.epoch() % every == 0) {
      write();
    }
  }

  @Override
  public void onEnd(TrainedModel model) {
    write();
  }

  private void write() {
    if (unwritten == null) {
      return;
    }
    try {
      CheckpointFile.write(file, unwritten.get());
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint cannot be written to " + file, e);
    }
    unwritten = null;
  }
}
