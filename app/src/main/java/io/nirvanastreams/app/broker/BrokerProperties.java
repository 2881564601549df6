package io.nirvanastreams.app.broker;

import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The settings of the brokers of a local cluster. Stateless. */
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
    internalTopics(p, 1);
    smallMachine(p);
    // Quick re-registration after kill -9: the dead incarnation holds its seat for one session.
    p.put("broker.session.timeout.ms", "1000");
    p.put("broker.heartbeat.interval.ms", "200");
    return p;
  }

  /** One broker of several, each in a process of its own. */
  static Properties of(Path logDirectory, Member member, List<Member> all) {
    Properties p = new Properties();
    p.put("node.id", Integer.toString(member.id()));
    p.put("process.roles", "broker,controller");
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,SLOW://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(member.listening(), member.slowListening(), member.controller()));
    p.put(
        "advertised.listeners",
        "PLAINTEXT://127.0.0.1:%d,SLOW://127.0.0.1:%d"
            .formatted(member.advertised(), member.slowAdvertised()));
    p.put("controller.listener.names", "CONTROLLER");
    p.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SLOW:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("controller.quorum.voters", Member.voters(all));
    p.put("log.dirs", logDirectory.toString());
    internalTopics(p, all.size());
    smallMachine(p);
    // Shorter than Kafka's 9 s, but not so short that a busy machine takes a broker for dead.
    p.put("broker.session.timeout.ms", "4000");
    p.put("broker.heartbeat.interval.ms", "500");
    return p;
  }

  private static void smallMachine(Properties p) {
    // A consumer group of one must not wait for others to join.
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("auto.create.topics.enable", "false");
    // The defaults reserve 128 MB for the cleaner and a dozen threads.
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    String largest = Integer.toString(Topics.MAX_MESSAGE_BYTES);
    p.put("message.max.bytes", largest);
    p.put("replica.fetch.max.bytes", largest);
  }

  private static void internalTopics(Properties p, int brokers) {
    String replicas = Integer.toString(brokers);
    String inSync = Integer.toString(Math.max(1, brokers - 1));
    p.put("default.replication.factor", replicas);
    p.put("min.insync.replicas", inSync);
    p.put("offsets.topic.replication.factor", replicas);
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", replicas);
    p.put("transaction.state.log.min.isr", inSync);
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.replication.factor", replicas);
    p.put("share.coordinator.state.topic.min.isr", inSync);
    p.put("share.coordinator.state.topic.num.partitions", "2");
  }
}
