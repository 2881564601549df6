package io.nirvanastreams.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A loaded model: images in, features out. The batch normalisation is folded into the layers before
 * it. Any number of threads may call {@link #embed} at once; {@link #close} waits for them and
 * frees the native memory. How many cores one call uses is the calling thread's setting, see {@link
 * Engines#setThreads}.
 */
public final class Embedder implements AutoCloseable {
  private final ModelSpec spec;
  private final EmbedderOptions options;
  private final NDManager manager;
  private final ExtractorChoice.Chosen chosen;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Embedder(
      ModelSpec spec, EmbedderOptions options, NDManager manager, ExtractorChoice.Chosen chosen) {
    this.spec = spec;
    this.options = options;
    this.manager = manager;
    this.chosen = chosen;
  }

  /**
   * Loads a model. Weights with a value that is not finite are refused.
   *
   * @throws BadModelException when the weights cannot be read or do not fit the architecture
   * @throws IllegalArgumentException for a device that is not there
   * @throws IllegalStateException when the engine cannot start
   */
  public static Embedder load(ModelArtifact artifact, EmbedderOptions options)
      throws BadModelException {
    return load(artifact, options, List.of());
  }

  /**
   * The same, with images of the kind to come: execution and precision are chosen by trying them,
   * where the options leave it open. Without images, made-up ones are taken.
   *
   * @param probe each {@code spec().input().size()} bytes: uint8, HWC; may be empty
   */
  public static Embedder load(ModelArtifact artifact, EmbedderOptions options, List<byte[]> probe)
      throws BadModelException {
    return load(artifact.spec(), ModelArtifacts.weights(artifact), options, probe);
  }

  /**
   * Loads a model that is in memory, for example one that was just trained.
   *
   * @throws BadModelException when the weights do not fit the architecture
   * @throws IllegalArgumentException for a device that is not there
   * @throws IllegalStateException when the engine cannot start
   */
  public static Embedder load(ModelSpec spec, Map<String, Tensor> weights, EmbedderOptions options)
      throws BadModelException {
    return load(spec, weights, options, List.of());
  }

  private static Embedder load(
      ModelSpec spec, Map<String, Tensor> weights, EmbedderOptions options, List<byte[]> probe)
      throws BadModelException {
    requireFinite(weights);
    NetworkSpec table;
    try {
      table = Networks.byName(spec.architecture(), spec.options(), spec.input(), spec.dimension());
      table.require(weights);
    } catch (IllegalArgumentException e) {
      throw new BadModelException(
          e.getMessage(), "publish weights that fit, or use a release that knows the network", e);
    }
    NDManager manager = Engines.newManager(Engines.device(options.device()));
    try {
      ExtractorChoice choice = new ExtractorChoice(table, manager, weights, options, probe);
      return new Embedder(spec, options, manager, choice.choose(spec.centres()));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What the model is. */
  public ModelSpec spec() {
    return spec;
  }

  /** The execution that was chosen: blocks or graph. */
  public Execution execution() {
    return chosen.execution();
  }

  /** The precision that was chosen: float32 or bfloat16. */
  public Precision precision() {
    return chosen.precision();
  }

  /**
   * How far a value of a feature may be from what float32 gives, by the precision chosen: 0, or a
   * share of E.
   */
  public double rounding() {
    return precision() == Precision.BF16 ? Agreement.TOLERANCE * spec.expand() : 0;
  }

  /**
   * Embeds any number of images, in batches.
   *
   * @param pixels each {@code spec().input().size()} bytes: uint8, HWC
   * @return one embedding for each image, in order
   * @throws IllegalArgumentException when an image has another length
   * @throws IllegalStateException after {@link #close}
   */
  public List<Embedding> embed(List<byte[]> pixels) {
    int size = options.fixedBatch() > 0 ? options.fixedBatch() : options.maxBatch();
    List<Embedding> embeddings = new ArrayList<>(pixels.size());
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model " + spec.name() + " is closed");
      }
      for (int start = 0; start < pixels.size(); start += size) {
        List<byte[]> batch = pixels.subList(start, Math.min(pixels.size(), start + size));
        embedBatch(batch, options.fixedBatch() > 0 ? size : batch.size(), embeddings);
      }
    } finally {
      lock.readLock().unlock();
    }
    return embeddings;
  }

  private void embedBatch(List<byte[]> images, int count, List<Embedding> embeddings) {
    try (NDManager batch = manager.newSubManager()) {
      NDArray pixels = PixelBatch.pixels(batch, images, spec.input(), count);
      NDList outputs = chosen.extractor().extract(pixels);
      float[] features = outputs.get(0).toFloatArray();
      boolean head = outputs.get(0) != outputs.get(1);
      float[] representations = head ? outputs.get(1).toFloatArray() : features;
      for (int i = 0; i < images.size(); i++) {
        float[] feature = row(features, i, count);
        embeddings.add(new Embedding(feature, head ? row(representations, i, count) : feature));
      }
    }
  }

  private static float[] row(float[] matrix, int row, int rows) {
    int width = matrix.length / rows;
    return Arrays.copyOfRange(matrix, row * width, (row + 1) * width);
  }

  private static void requireFinite(Map<String, Tensor> weights) throws BadModelException {
    for (Map.Entry<String, Tensor> entry : weights.entrySet()) {
      for (float value : entry.getValue().data()) {
        if (!Float.isFinite(value)) {
          throw new BadModelException(
              entry.getKey() + " holds a value that is not finite", "train the model again");
        }
      }
    }
  }

  /** Waits for running calls and frees the memory. Closing twice is harmless. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      manager.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
