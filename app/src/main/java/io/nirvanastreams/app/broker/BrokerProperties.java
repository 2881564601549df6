package io.nirvanastreams.app.broker;

import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of the one broker of a local cluster. Stateless. */
final class BrokerProperties {
  private BrokerProperties() {}

  static Properties of(Path logDirectory, Ports ports) {
    Properties p = new Properties();
    p.put("node.id", "1");
    p.put("process.roles", "broker,controller");
    String broker = "PLAINTEXT://127.0.0.1:" + ports.broker();
    p.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + ports.controller());
    p.put("advertised.listeners", broker);
    p.put("controller.listener.names", "CONTROLLER");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + ports.controller());
    p.put("log.dirs", logDirectory.toString());
    oneReplica(p);
    // A consumer group of one must not wait for others to join.
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("auto.create.topics.enable", "false");
    // Quick re-registration after kill -9: the dead incarnation holds its seat for one session.
    p.put("broker.session.timeout.ms", "1000");
    p.put("broker.heartbeat.interval.ms", "200");
    // Small machine: the defaults reserve 128 MB for the cleaner and a dozen threads.
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    String largest = Integer.toString(Topics.MAX_MESSAGE_BYTES);
    p.put("message.max.bytes", largest);
    p.put("replica.fetch.max.bytes", largest);
    return p;
  }

  private static void oneReplica(Properties p) {
    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "2");
  }
}
