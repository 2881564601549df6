package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;

/**
 * A network with its weights as DJL trains it. Takes one float32 array (N, C, H, W) with pixels
 * from 0 to 1 and gives {@code NDList(feature (N, D), representation (N, R))}; the two are the same
 * array where the network has no head. Parameters are named as in torch; the running statistics
 * require no gradient. One thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TrainingBlock extends AbstractBlock {
  private final NetworkSpec spec;

  TrainingBlock(NetworkSpec spec) {
    super((byte) 1);
    this.spec = spec;
  }

  /** The table it was made from. */
  public NetworkSpec spec() {
    return spec;
  }

  /** A copy of all weights and running statistics, under torch's names. */
  public Map<String, Tensor> export() {
    throw new IllegalStateException("not ready");
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    throw new IllegalStateException("not ready");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    throw new IllegalStateException("not ready");
  }
}
