package io.nirvanastreams.trainer.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.Agreement;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.graph.TrainingNetworks;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what a task leaves open of execution and precision: every candidate takes a few steps on
 * a copy of the weights and is timed; from the weights that the first of them comes to, each
 * computes validation images as in training, without dropout, and one whose distances or decisions
 * differ is out. Of the others the faster one is taken. The run's weights, data and draws are not
 * touched: every epoch seeds its own. Once in a process for each network, device, threads and
 * batch.
 */
final class ExecutionTrial {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionTrial.class);
  private static final Map<Measured, Choice> CHOSEN = new ConcurrentHashMap<>();
  private static final int TIMED_STEPS = 3;
  private static final int IMAGES = 64;

  /** The graph needs less memory, so it is taken where the two are as fast within the noise. */
  private static final double NOISE = 0.9;

  private final TrainingTask task;
  private final NDManager manager;
  private final NetworkSpec spec;

  private ExecutionTrial(TrainingTask task, NDManager manager) {
    this.task = task;
    this.manager = manager;
    Recipe recipe = task.recipe();
    spec =
        Networks.byName(
            recipe.network(), recipe.networkOptions(), task.train().shape(), recipe.dimension());
  }

  private record Measured(
      NetworkSpec spec, String device, int threads, int images, ExecutionSettings asked) {}

  private record Choice(ExecutionSettings settings, String why) {}

  /**
   * One way to run the steps.
   *
   * @param millis of its fastest step
   * @param weights after the steps
   */
  private record Candidate(
      ExecutionSettings settings, double millis, Map<String, Tensor> weights, boolean agrees) {
    @Override
    public String toString() {
      return "%s %.0f ms%s"
          .formatted(name(settings), millis, agrees ? "" : " with other answers")
          .toLowerCase(Locale.ROOT);
    }
  }

  private static String name(ExecutionSettings settings) {
    return settings.execution() + " " + settings.precision();
  }

  /**
   * The task with nothing left open. What a run to be resumed was in is kept.
   *
   * @param manager of the task's first device
   * @throws IllegalArgumentException for a device that is not there, or without bfloat16 where that
   *     is asked for
   */
  static TrainingTask settle(TrainingTask task, NDManager manager) {
    ExecutionSettings asked = task.execution();
    if (asked.execution() != Execution.AUTO && asked.precision() != Precision.AUTO) {
      return task;
    }
    if (task.resume() != null && task.resume().execution() != null) {
      return task.in(task.resume().execution());
    }
    ExecutionTrial trial = new ExecutionTrial(task, manager);
    List<ExecutionSettings> open = candidates(asked, Engines.hasBfloat16(manager.getDevice()));
    if (open.size() == 1) {
      return task.in(open.get(0));
    }
    Batch batch = trial.batch();
    Measured key =
        new Measured(
            trial.spec,
            manager.getDevice().toString(),
            task.threads(),
            batch.images().size(),
            asked);
    // Not computeIfAbsent, under whose lock a training would begin.
    Choice choice = CHOSEN.get(key);
    if (choice == null) {
      choice = trial.choose(open, batch);
      CHOSEN.put(key, choice);
    }
    String why = choice.why();
    LOG.info("{}", why);
    ExecutionSettings settings = choice.settings();
    task.listeners().forEach(listener -> listener.onExecution(settings, why));
    return task.in(settings);
  }

  /** The first is the reference. */
  private static List<ExecutionSettings> candidates(ExecutionSettings asked, boolean bfloat16) {
    List<ExecutionSettings> candidates = new ArrayList<>();
    boolean exact = asked.precision() != Precision.BF16;
    if (exact && asked.execution() != Execution.GRAPH) {
      candidates.add(new ExecutionSettings(Execution.BLOCKS, Precision.FP32));
    }
    if (asked.execution() == Execution.BLOCKS) {
      return candidates;
    }
    if (exact) {
      candidates.add(new ExecutionSettings(Execution.GRAPH, Precision.FP32));
    }
    if (!exact || (asked.precision() == Precision.AUTO && bfloat16)) {
      candidates.add(new ExecutionSettings(Execution.GRAPH, Precision.BF16));
    }
    return candidates;
  }

  /** What the first device gets of the first batch. */
  private Batch batch() {
    Batches batches = new Batches(task, 0);
    try (BatchStream stream = batches.epoch(1)) {
      return stream.next().parts(task.devices().size()).get(0);
    }
  }

  private Choice choose(List<ExecutionSettings> open, Batch batch) {
    List<Candidate> tried = new ArrayList<>();
    float[][] reference = null;
    ImageSet images = task.validation().size() < 2 ? task.train() : task.validation();
    List<byte[]> probe = images.pixels().subList(0, Math.min(IMAGES, images.size()));
    for (ExecutionSettings settings : open) {
      try {
        Candidate candidate = steps(settings, batch);
        Map<String, Tensor> weights =
            tried.isEmpty() ? candidate.weights() : tried.get(0).weights();
        float[][] features = features(settings, weights, probe);
        reference = reference == null ? features : reference;
        boolean agrees = tried.isEmpty() || Agreement.holds(reference, features, centres());
        tried.add(new Candidate(settings, candidate.millis(), candidate.weights(), agrees));
      } catch (EngineException e) {
        if (tried.isEmpty() && settings.equals(open.get(open.size() - 1))) {
          throw e;
        }
        LOG.warn("{} does not train here: {}", name(settings), e.getMessage());
      }
    }
    Candidate best = tried.get(0);
    for (Candidate candidate : tried.subList(1, tried.size())) {
      boolean rounds = candidate.settings().precision() == Precision.BF16;
      double allowed = rounds ? best.millis() * NOISE : best.millis() / NOISE;
      best = candidate.agrees() && candidate.millis() <= allowed ? candidate : best;
    }
    return new Choice(
        best.settings(),
        "A step of %d images takes: %s; distances and decisions of %d %s images compared; trains in %s"
            .formatted(
                batch.images().size(),
                tried.stream().map(Candidate::toString).collect(Collectors.joining(", ")),
                probe.size(),
                task.validation().size() < 2 ? "training" : "validation",
                name(best.settings())));
  }

  private Candidate steps(ExecutionSettings settings, Batch batch) {
    try (NDManager memory = manager.newSubManager()) {
      TrainingTask alone = task.across(List.of(task.device())).withResume(null).in(settings);
      TrainingRun run = new TrainingRun(alone, memory);
      run.step(batch, 0);
      double best = Double.POSITIVE_INFINITY;
      for (int step = 1; step <= TIMED_STEPS; step++) {
        long start = System.nanoTime();
        run.step(batch, step);
        best = Math.min(best, (System.nanoTime() - start) / 1e6);
      }
      return new Candidate(settings, best, RunParts.networkOnly(run.weights()), true);
    }
  }

  private float[][] features(
      ExecutionSettings settings, Map<String, Tensor> weights, List<byte[]> images) {
    try (NDManager memory = manager.newSubManager()) {
      NDArray pixels = PixelBatch.pixels(memory, images, spec.input(), images.size());
      float[] values =
          TrainingNetworks.load(spec.withoutDropout(), memory, weights, settings)
              .forward(pixels, true)
              .get(0)
              .toFloatArray();
      int width = values.length / images.size();
      float[][] rows = new float[images.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
      }
      return rows;
    }
  }

  private float[][] centres() {
    return Simplex.of(task.recipe().dimension(), RunParts.expand(task))
        .first(task.classes().size());
  }
}
