package io.nirvanastreams.processor;

import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster how large the records of each topic may be. Stateless. */
final class TopicLimits {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);

  private TopicLimits() {}

  /**
   * Sets the limits of all topics of the catalogue. A cluster that does not tell, since this client
   * may not ask it, leaves them as they are: what they miss is learned from refusals.
   */
  static void read(Map<String, Object> client, Topics topics, RecordLimits limits) {
    List<ConfigResource> asked =
        topics.all().stream()
            .map(Topic::name)
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    try (Admin admin = Admin.create(client)) {
      admin
          .describeConfigs(asked)
          .all()
          .get()
          .forEach(
              (resource, config) -> {
                String value = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
                limits.set(
                    resource.name(),
                    Math.min(Integer.parseInt(value), StreamsProperties.MAX_REQUEST_BYTES));
              });
    } catch (ExecutionException e) {
      LOG.warn(
          "The cluster does not say how large records may be ({}); {} bytes are taken as the limit",
          e.getCause().getMessage(),
          Topics.MAX_MESSAGE_BYTES);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
