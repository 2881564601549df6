package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterGuaranteesTest {
  @Test
  void shouldBeContentWithThreeBrokers() {
    assertThat(new ClusterGuarantees(2, 3, 3, 2, 3).warnings()).isEmpty();
  }

  @Test
  void shouldWarnOfOldTransactions() {
    assertThat(new ClusterGuarantees(1, 3, 3, 2, 3).warnings())
        .singleElement()
        .asString()
        .contains("transaction.version is 1");
  }

  @Test
  void shouldWarnOfALogOfTransactionsThatALostDiskTakesAway() {
    assertThat(new ClusterGuarantees(2, 1, 1, 1, 1).warnings())
        .singleElement()
        .asString()
        .contains("1 replica", "transaction.state.log.replication.factor=3");
    assertThat(new ClusterGuarantees(2, 3, 3, 1, 3).warnings()).hasSize(1);
  }

  @Test
  void shouldWarnOfTopicsWithFewerReplicasThanBrokers() {
    assertThat(new ClusterGuarantees(2, 3, 3, 2, 1).warnings())
        .singleElement()
        .asString()
        .contains("1 replica on 3 brokers");
  }

  @Test
  void shouldSayWhatItCannotSee() {
    assertThat(new ClusterGuarantees(2, 3, 0, 0, 3).warnings())
        .singleElement()
        .asString()
        .contains("may not see");
  }
}
