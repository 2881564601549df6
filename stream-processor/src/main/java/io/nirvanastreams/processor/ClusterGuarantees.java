package io.nirvanastreams.processor;

import java.util.ArrayList;
import java.util.List;

/**
 * What the cluster does for exactly-once, as found at start. Immutable.
 *
 * @param transactionVersion level of the feature transaction.version in force: 2 fences a
 *     transaction of a killed producer by itself; 0 where the cluster does not say
 * @param brokers how many there are
 * @param transactionReplicas replicas of the log of transactions; 0 where it cannot be asked
 * @param transactionMinInSync replicas that must have a record of it; 0 where it cannot be asked
 * @param fewestReplicas replicas of the product's topic that has the fewest
 */
public record ClusterGuarantees(
    int transactionVersion,
    int brokers,
    int transactionReplicas,
    int transactionMinInSync,
    int fewestReplicas) {
  private static final int SAFE_VERSION = 2;
  private static final int SAFE_REPLICAS = 3;
  private static final int SAFE_MIN_IN_SYNC = 2;

  /**
   * Why this cluster may break the promise of exactly-once, for people; empty where it keeps it.
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (transactionVersion < SAFE_VERSION) {
      warnings.add(
          "transaction.version is "
              + transactionVersion
              + ": a late request of a killed instance may enter the next transaction; raise it"
              + " with 'kafka-features.sh upgrade --feature transaction.version=2'");
    }
    if (transactionReplicas == 0) {
      warnings.add("this user may not see how the log of transactions is kept");
    } else if (transactionReplicas < SAFE_REPLICAS || transactionMinInSync < SAFE_MIN_IN_SYNC) {
      warnings.add(
          "the log of transactions has "
              + replicas(transactionReplicas)
              + " and needs "
              + transactionMinInSync
              + " in sync: exactly-once does not outlive the loss of a broker's disk; set"
              + " transaction.state.log.replication.factor=3 and transaction.state.log.min.isr=2");
    }
    if (fewestReplicas < Math.min(SAFE_REPLICAS, brokers)) {
      warnings.add(
          "a topic has only "
              + replicas(fewestReplicas)
              + " on "
              + brokers
              + " brokers: its answers do not outlive the loss of one");
    }
    return warnings;
  }

  /** For people. */
  @Override
  public String toString() {
    return "transaction version %d, log of transactions with %s (%d in sync), brokers %d"
        .formatted(
            transactionVersion, replicas(transactionReplicas), transactionMinInSync, brokers);
  }

  private static String replicas(int count) {
    return count == 1 ? "1 replica" : count + " replicas";
  }
}
