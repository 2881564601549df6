package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ProcessorInstance;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until every living processor instance has said that it has a version ready. Where none
 * lives there is nobody to wait for. An instance that refuses the version ends the waiting at once:
 * it would refuse it later as well. One that dies meanwhile is not waited for, one that is born is.
 * Safe for any thread.
 */
public final class InstanceReadiness implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceReadiness.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Supplier<InstanceFeed> feeds;
  private final Settings settings;
  private final Consumer<String> told;

  /**
   * Readiness of a cluster's instances.
   *
   * @param feeds gives a new feed, which is closed here
   * @param told hears in a sentence when it goes on without somebody
   */
  public InstanceReadiness(Supplier<InstanceFeed> feeds, Settings settings, Consumer<String> told) {
    this.feeds = feeds;
    this.settings = settings;
    this.told = told;
  }

  /**
   * How long to wait, and what then.
   *
   * @param timeout longest wait
   * @param goOn whether the version becomes live without the laggards, else it is not promoted
   */
  public record Settings(Duration timeout, boolean goOn) {
    /** A minute, and then no promotion. */
    public static final Settings DEFAULT = new Settings(Duration.ofSeconds(60), false);

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public Settings {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("the time to get ready is negative: " + timeout);
      }
    }
  }

  @Override
  public void await(String name, int version) {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    try (InstanceFeed feed = feeds.get()) {
      while (true) {
        List<ProcessorInstance> living = feed.living(name, LOOK);
        String refusals = refusals(living, version);
        if (!refusals.isEmpty()) {
          unready(name, version, "is refused: " + refusals);
          return;
        }
        List<String> laggards =
            living.stream()
                .filter(one -> !one.getReady().contains(version))
                .map(ProcessorInstance::getInstance)
                .toList();
        if (laggards.isEmpty()) {
          LOG.info("{}/{} is ready in {} instances", name, version, living.size());
          return;
        }
        if (System.nanoTime() - deadline > 0) {
          String within = " within " + settings.timeout().toSeconds() + " s";
          unready(name, version, "was not loaded" + within + " by " + String.join(", ", laggards));
          return;
        }
      }
    }
  }

  private void unready(String name, int version, String problem) {
    String sentence = ModelKeys.version(name, version) + " " + problem;
    if (!settings.goOn()) {
      throw new NotReadyException(sentence + "; it is not made live");
    }
    LOG.warn("{}; it becomes live all the same", sentence);
    told.accept(sentence + "; it becomes live all the same");
  }

  private static String refusals(List<ProcessorInstance> living, int version) {
    String key = Integer.toString(version);
    return String.join(
        ", ",
        living.stream()
            .filter(one -> one.getRefused().containsKey(key))
            .map(one -> "by " + one.getInstance() + ", " + one.getRefused().get(key))
            .toList());
  }
}
