package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.processor.ProcessorSettings;
import java.util.HashMap;
import java.util.Map;

/** What every command that answers images tells the processor's parts. Stateless. */
final class AnsweringSettings {
  private AnsweringSettings() {}

  /** Settings of this cluster, model, store and trust; the state's folder is still to be named. */
  static Map<String, Object> of(
      ClusterAccess access, String name, BlobStoreOption blobs, TrustOptions trust, String device) {
    Map<String, Object> values = new HashMap<>();
    access
        .settings()
        .forEach(
            (key, value) -> {
              values.put(ProcessorSettings.KAFKA_PREFIX + key, value);
              values.put(ProcessorSettings.REGISTRY_PREFIX + key, value);
            });
    values.put("bootstrap.servers", access.bootstrapServers());
    values.put("schema.registry.url", access.schemaRegistryUrl());
    values.put(ProcessorSettings.TOPIC_PREFIX, access.topics().prefix());
    values.put(ProcessorSettings.MODEL_NAME, name);
    blobs.addTo(values);
    trust.addTo(values);
    values.put("device", device);
    return values;
  }
}
