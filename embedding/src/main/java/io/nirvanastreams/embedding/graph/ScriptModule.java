package io.nirvanastreams.embedding.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Methods that were written in this package, compiled by the engine. There is no way to load an
 * archive that came from elsewhere. It has no state, so any number of threads may run it at once.
 */
final class ScriptModule {
  private static final String LIST = "weights[]";

  private final PtSymbolBlock block;

  /**
   * Compiles methods; for their form see {@link ScriptArchive#of}.
   *
   * @param manager owns the compiled code
   */
  ScriptModule(NDManager manager, List<String> methods) {
    byte[] archive = ScriptArchive.of(methods);
    try (ByteArrayInputStream stream = new ByteArrayInputStream(archive)) {
      block = JniUtils.loadModule((PtNDManager) manager, stream, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
  }

  /** The first line of a method's source. */
  static String signature(String name, String arguments, String result) {
    return "  def " + name + "(self: " + ScriptArchive.SELF + arguments + ") -> " + result + ":\n";
  }

  /**
   * Runs a method that takes these arguments, without recording gradients.
   *
   * @param owner of the arrays that it gives
   * @param arguments {@link NDArray}, a list of those, or {@link Double}
   */
  NDList run(String method, NDManager owner, Object... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    List<IValue> values = new ArrayList<>();
    try {
      for (Object argument : arguments) {
        values.add(value(argument));
      }
      try (IValue result = IValueUtils.runMethod(block, method, values.toArray(IValue[]::new))) {
        return result.toNDList((PtNDManager) owner);
      }
    } finally {
      values.forEach(IValue::close);
    }
  }

  /**
   * Runs {@code forward(x, weights)}, recording gradients where this thread's mode is on.
   *
   * @return arrays that belong to the manager of {@code x}
   */
  NDList record(NDArray x, List<NDArray> weights) {
    JniUtils.setGraphExecutorOptimize(false);
    NDList inputs = new NDList(x);
    for (NDArray weight : weights) {
      // The engine gathers the arrays of one such name to a list.
      weight.setName(LIST);
      inputs.add(weight);
    }
    return IValueUtils.forward(block, inputs, true);
  }

  private static IValue value(Object argument) {
    if (argument instanceof NDArray array) {
      return IValue.from((PtNDArray) array);
    } else if (argument instanceof Double number) {
      return IValue.from(number);
    } else if (argument instanceof List<?> list) {
      return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }
    throw new IllegalArgumentException("no argument of a graph: " + argument);
  }
}
