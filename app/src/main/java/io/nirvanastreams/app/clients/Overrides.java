package io.nirvanastreams.app.clients;

import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.OverrideRecords;
import io.nirvanastreams.schemas.ThresholdOverride;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.util.List;
import java.util.Optional;

/** The threshold overrides of one model in a cluster. Safe for any thread. */
public final class Overrides {
  private final ClusterAccess cluster;
  private final String modelName;

  /** Those of a model. */
  public Overrides(ClusterAccess cluster, String modelName) {
    this.cluster = cluster;
    this.modelName = modelName;
  }

  /** Every change there was, in the order in which they hold. */
  public List<ThresholdOverride> history() {
    return OverrideRecords.inOrder(
        Records.latest(cluster, cluster.topics().overrides(), ThresholdOverride.class)
            .values()
            .stream()
            .filter(one -> one.getName().equals(modelName))
            .toList());
  }

  /** The change that holds last for exactly this source and class; empty texts mean every. */
  public static Optional<ThresholdOverride> last(
      List<ThresholdOverride> history, String sourceId, String className) {
    return OverrideRecords.inForce(history, sourceId, className, Long.MAX_VALUE);
  }

  /**
   * Writes a change and returns when the cluster has it.
   *
   * @throws io.nirvanastreams.records.BadRecordException when it says what no override may say
   */
  public void send(ThresholdOverride override) {
    OverrideRecords.check(override);
    try (ControlProducer producer = new ControlProducer(cluster.kafka(), cluster.serdes())) {
      producer.write(
          cluster.topics().overrides(),
          ModelKeys.override(modelName, override.getOverrideId()),
          override);
    }
  }
}
