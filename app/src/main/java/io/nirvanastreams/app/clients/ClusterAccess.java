package io.nirvanastreams.app.clients;

import io.nirvanastreams.app.config.Secrets;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A cluster and a registry as the user named them, and the clients for them. Immutable; safe from
 * any thread.
 *
 * @param bootstrapServers Kafka's {@code bootstrap.servers}
 * @param schemaRegistryUrl the registry's base URL
 * @param topics the topic catalogue under the user's prefix
 * @param settings further settings of Kafka's clients and the registry's client
 */
public record ClusterAccess(
    String bootstrapServers,
    String schemaRegistryUrl,
    Topics topics,
    Map<String, String> settings) {
  /** Longest wait for a cluster that does not answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Copies the settings. */
  public ClusterAccess {
    settings = Map.copyOf(settings);
  }

  /** Settings of Kafka's clients. */
  public Map<String, Object> kafka() {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }

  /** Settings of the records' serdes. */
  public Map<String, Object> registry() {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(AvroSerdes.SCHEMA_REGISTRY_URL, schemaRegistryUrl);
    return config;
  }

  /** Serdes of the records. */
  public AvroSerdes serdes() {
    return new AvroSerdes(registry());
  }

  /** A new admin client; the caller closes it. */
  public Admin admin() {
    return Admin.create(kafka());
  }

  /** A new producer of records that waits for all replicas; the caller closes it. */
  public <T extends SpecificRecord> Producer<String, T> producer() {
    Map<String, Object> config = kafka();
    config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    config.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(config, new StringSerializer(), serdes().<T>serializer());
  }

  /**
   * Makes sure that the cluster answers, so that a wrong address is told at once.
   *
   * @return this
   * @throws KafkaException when it does not answer within {@link #PATIENCE}
   */
  public ClusterAccess reachable() {
    Map<String, Object> config = kafka();
    // Closing waits for what is under way, so the client itself has to give up in time.
    int patience = (int) PATIENCE.toMillis();
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, patience);
    try (Admin admin = Admin.create(config)) {
      admin.describeCluster().nodes().get();
      return this;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        throw new KafkaException("the cluster refuses: " + e.getCause().getMessage(), e.getCause());
      }
      throw new KafkaException(
          "no Kafka broker answers at "
              + bootstrapServers
              + "; start one with 'nirvana broker' or name another by --bootstrap-servers",
          e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** What is logged at start: everything, secrets masked. */
  public Map<String, String> description() {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("bootstrap.servers", bootstrapServers);
    all.put(AvroSerdes.SCHEMA_REGISTRY_URL, schemaRegistryUrl);
    all.put("topic.prefix", topics.prefix());
    return Secrets.masked(all);
  }
}
