package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.CalibrationSchedule;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded and verified model version. Counted leases keep its native memory: the owner holds one
 * from the start, every image in work another, and the last release closes the network. Safe for
 * any thread.
 */
public final class ServingModel {
  private final ModelSpec spec;
  private final String weightsSha256;
  private final float[][] centres;
  private final Network network;
  private final AtomicInteger leases = new AtomicInteger(1);
  private final AtomicBoolean used = new AtomicBoolean();
  private volatile ServedBy servedBy;
  private volatile Executor closer = Runnable::run;

  /**
   * A model that answers with this calibration; the caller holds the first lease.
   *
   * @throws IllegalArgumentException when the calibration does not fit the model
   */
  public ServingModel(
      ModelSpec spec,
      String weightsSha256,
      float[][] centres,
      OpenSetCalibration calibration,
      Network network) {
    this(spec, weightsSha256, centres, CalibrationSchedule.always(calibration), network);
  }

  /**
   * A model that answers with these calibrations, each from its record time on; the caller holds
   * the first lease.
   *
   * @throws IllegalArgumentException when a calibration does not fit the model
   */
  public ServingModel(
      ModelSpec spec,
      String weightsSha256,
      float[][] centres,
      CalibrationSchedule calibrations,
      Network network) {
    this.spec = spec;
    this.weightsSha256 = weightsSha256;
    this.centres = centres.clone();
    this.network = network;
    this.servedBy = answering(calibrations, null);
  }

  /** What the model is. */
  public ModelSpec spec() {
    return spec;
  }

  /** Who answers from now on; a batch asks once, so that all its answers name the same. */
  public ServedBy servedBy() {
    return servedBy;
  }

  /**
   * Knows of other calibrations from the next batch on.
   *
   * @throws IllegalArgumentException when one does not fit the model; those before stay
   */
  public void calibrate(CalibrationSchedule calibrations) {
    servedBy = answering(calibrations, servedBy);
  }

  /** Embeds images; the caller holds a lease. */
  public List<Embedding> embed(List<byte[]> pixels) {
    return network.embed(pixels);
  }

  /** Takes a lease; false when the model is closed already. */
  public boolean retain() {
    while (true) {
      int count = leases.get();
      if (count == 0) {
        return false;
      }
      if (leases.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  /** Gives a lease back; the last one has the network closed. */
  public void release() {
    if (leases.decrementAndGet() == 0) {
      closer.execute(network::close);
    }
  }

  /** Closes the network there; the last lease may end on a thread that images wait for. */
  void closeBy(Executor aside) {
    closer = aside;
  }

  /** The next use counts as the first. */
  void forgetUse() {
    used.set(false);
  }

  /** True for the first caller only. */
  boolean firstUse() {
    return !used.get() && used.compareAndSet(false, true);
  }

  private ServedBy answering(CalibrationSchedule calibrations, ServedBy before) {
    calibrations.byTime().values().forEach(this::check);
    return new ServedBy(spec.name(), spec.version(), weightsSha256, centres, calibrations, before);
  }

  private void check(OpenSetCalibration calibration) {
    if (!calibration.labels().equals(spec.classes())) {
      throw new IllegalArgumentException(
          "calibration "
              + calibration.version()
              + " is for the classes "
              + calibration.labels()
              + ", the model has "
              + spec.classes());
    }
  }
}
