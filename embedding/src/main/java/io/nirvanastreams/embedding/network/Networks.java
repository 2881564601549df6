package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Map;

/** The networks by name. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class Networks {
  private Networks() {}

  /** All names. */
  public static List<String> names() {
    return List.of("classifier32", "lenet-small");
  }

  /**
   * The layer table of a network.
   *
   * @param architecture one of {@link #names()}
   * @param options settings; what is absent takes its default
   * @param input the images it takes
   * @param dimension D, the length of the feature
   * @throws IllegalArgumentException for an unknown name or option, or a shape the network cannot
   *     take
   */
  public static NetworkSpec byName(
      String architecture, Map<String, String> options, InputShape input, int dimension) {
    throw new IllegalStateException("not ready " + architecture + options + input + dimension);
  }
}
