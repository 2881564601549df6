package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.trainer.train.BatchResult;
import io.nirvanastreams.trainer.train.TrainingListener;
import java.util.concurrent.CancellationException;

/** Gives a training run up when its thread is interrupted: nothing in the loop would notice. */
final class StopWhenInterrupted implements TrainingListener {
  @Override
  public void onBatch(BatchResult result) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the training was given up");
    }
  }
}
