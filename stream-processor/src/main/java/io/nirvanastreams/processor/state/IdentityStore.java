package io.nirvanastreams.processor.state;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * An empty store that calls itself persistent. Kafka Streams keeps its process id in {@code
 * state.dir} only for topologies with a persistent store; with the id kept, a restarted instance
 * has its old transactional ids and fences the transaction that its killed predecessor left open,
 * which otherwise blocks readers until it times out. Its thread only.
 */
public final class IdentityStore implements StateStore {
  /** Name of the store. */
  public static final String NAME = "identity";

  private boolean open;

  private IdentityStore() {}

  /** Builds it, without a changelog. */
  public static StoreBuilder<IdentityStore> builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Called by Kafka Streams alone.
  public boolean managesOffsets() {
    return true; // there is nothing whose offsets Streams would have to keep
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private static final class Builder implements StoreBuilder<IdentityStore> {
    @Override
    public StoreBuilder<IdentityStore> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<IdentityStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<IdentityStore> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("an empty store has no changelog");
    }

    @Override
    public StoreBuilder<IdentityStore> withLoggingDisabled() {
      return this;
    }

    @Override
    public IdentityStore build() {
      return new IdentityStore();
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return NAME;
    }
  }
}
