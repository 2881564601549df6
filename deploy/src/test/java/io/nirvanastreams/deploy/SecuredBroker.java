package io.nirvanastreams.deploy;

import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/**
 * A broker in a container that nobody reaches without TLS and a password, itself included: both of
 * its listeners are SASL_SSL with SCRAM-SHA-512. Its first users are there before it starts, as
 * they are on a cluster that was set up by hand.
 */
final class SecuredBroker {
  static final String USER = "nirvana";
  static final String PASSWORD = "client-secret-7c2e";
  private static final String ITSELF_PASSWORD = "broker-secret-91bd";

  private SecuredBroker() {}

  /** Secures the container. */
  static void secure(GenericContainer<?> broker, String outside, Certificates certificates) {
    broker
        .withEnv("CLUSTER_ID", "TmlydmFuYVN0cmVhbXMwMQ")
        .withCopyToContainer(
            Transferable.of(properties(outside)), "/mnt/shared/config/server.properties")
        .withCopyFileToContainer(
            MountableFile.forHostPath(certificates.broker(), 0644), "/etc/kafka/secrets/broker.p12")
        .withCommand(
            "/bin/bash",
            "-euc",
            """
            /opt/kafka/bin/kafka-storage.sh format --cluster-id "$CLUSTER_ID" \
              --config /mnt/shared/config/server.properties \
              --add-scram 'SCRAM-SHA-512=[name=broker,password=%s]' \
              --add-scram 'SCRAM-SHA-512=[name=%s,password=%s]'
            exec /etc/kafka/docker/run
            """
                .formatted(ITSELF_PASSWORD, USER, PASSWORD));
  }

  /** What docs/security-of-the-stream.md tells a user to put into the file of --kafka-config. */
  static Map<String, String> client(String password, String trusted) {
    return Map.of(
        "security.protocol", "SASL_SSL",
        "sasl.mechanism", "SCRAM-SHA-512",
        "sasl.jaas.config", login(USER, password),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", trusted);
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required"
        + " username=\"%s\" password=\"%s\";".formatted(user, password);
  }

  private static String properties(String outside) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@localhost:9093
        controller.listener.names=CONTROLLER
        listeners=INSIDE://:9092,CONTROLLER://:9093,OUTSIDE://:29092
        advertised.listeners=INSIDE://broker:9092,OUTSIDE://%s
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,INSIDE:SASL_SSL,OUTSIDE:SASL_SSL
        inter.broker.listener.name=INSIDE
        sasl.enabled.mechanisms=SCRAM-SHA-512
        sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
        listener.name.inside.scram-sha-512.sasl.jaas.config=%s
        listener.name.outside.scram-sha-512.sasl.jaas.config=%s
        ssl.keystore.location=/etc/kafka/secrets/broker.p12
        ssl.keystore.type=PKCS12
        ssl.keystore.password=%s
        ssl.truststore.location=/etc/kafka/secrets/broker.p12
        ssl.truststore.type=PKCS12
        ssl.truststore.password=%s
        log.dirs=/tmp/kraft-combined-logs
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(
            outside,
            login("broker", ITSELF_PASSWORD),
            login("broker", ITSELF_PASSWORD),
            Certificates.PASSWORD,
            Certificates.PASSWORD);
  }
}
