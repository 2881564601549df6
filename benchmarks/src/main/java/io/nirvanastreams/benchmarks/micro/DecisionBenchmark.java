package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.openset.calibration.Judgement;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An embedding becomes a decision: distances to the centres, score, p-value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
  /** Name of the score. */
  @Param({"raw", "cosine", "nearest-neighbour"})
  public String score;

  private OpenSetClassifier classifier;
  private float[][] features;
  private int next;

  /** Draws embeddings. */
  @Setup
  public void draw() {
    classifier =
        new OpenSetClassifier(
            Simplex.of(Vectors.DIMENSION, 16).first(Vectors.CLASSES), Vectors.calibration(score));
    features = Vectors.drawn(64, 99);
  }

  /** Score and decision of one image. */
  @Benchmark
  public Judgement judge() {
    float[] feature = features[next++ & 63];
    return classifier.judge(feature, feature);
  }
}
