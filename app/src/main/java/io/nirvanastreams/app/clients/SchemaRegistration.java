package io.nirvanastreams.app.clients;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.nirvanastreams.schemas.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the schemas of the catalogue. The serdes never do: what may be written is decided when
 * the topics are made, not by the first record. Stateless.
 */
public final class SchemaRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);

  private SchemaRegistration() {}

  /**
   * Registers every schema that the registry does not have; those it has are left as they are. A
   * subject that is new takes only FULL_TRANSITIVE changes from then on, whatever the registry's
   * own default is; the level of one that was there stays its operator's.
   *
   * @return subjects in catalogue order
   * @throws KafkaException when the registry does not answer or refuses a schema
   */
  public static List<String> register(ClusterAccess cluster) {
    return register(cluster, cluster.topics().all());
  }

  /** Registers the schemas of these topics as {@link #register(ClusterAccess)} does. */
  public static List<String> register(ClusterAccess cluster, List<Topic> topics) {
    try (SchemaRegistryClient client =
        new CachedSchemaRegistryClient(cluster.schemaRegistryUrl(), 100, cluster.registry())) {
      List<String> subjects = new ArrayList<>();
      Collection<String> before = client.getAllSubjects();
      for (Topic topic : topics) {
        if (topic.schema() != null) {
          client.register(topic.subject(), plain(topic.schema()));
          if (!before.contains(topic.subject())) {
            protect(client, topic.subject());
          }
          subjects.add(topic.subject());
        }
      }
      return subjects;
    } catch (RestClientException e) {
      throw new KafkaException("the schema registry refuses: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new KafkaException(
          "no schema registry answers at "
              + cluster.schemaRegistryUrl()
              + "; name another by --schema-registry-url",
          e);
    }
  }

  /** Deletes the subjects of the catalogue, as far as the registry lets it. */
  public static void unregister(ClusterAccess cluster) {
    try (SchemaRegistryClient client =
        new CachedSchemaRegistryClient(cluster.schemaRegistryUrl(), 100, cluster.registry())) {
      for (Topic topic : cluster.topics().all()) {
        if (topic.schema() != null) {
          client.deleteSubject(topic.subject());
        }
      }
    } catch (RestClientException | IOException e) {
      LOG.info("subjects of {} stay registered: {}", cluster.topics().prefix(), e.getMessage());
    }
  }

  private static void protect(SchemaRegistryClient client, String subject)
      throws IOException, RestClientException {
    try {
      client.updateCompatibility(subject, "FULL_TRANSITIVE");
    } catch (RestClientException e) {
      if (e.getStatus() != 401 && e.getStatus() != 403) {
        throw e;
      }
      LOG.warn(
          "may not set the compatibility of {} to FULL_TRANSITIVE: {}", subject, e.getMessage());
    }
  }

  // The serializer asks for schemas without Java's own properties.
  private static AvroSchema plain(Schema schema) {
    Object record = SpecificData.get().newRecord(null, schema);
    return new AvroSchema(AvroSchemaUtils.getSchema(record, false, false, true));
  }
}
