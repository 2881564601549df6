package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Publishes model versions so that nobody ever sees half of one (WholeVersionOrNone): the weights
 * first, then the centres, the calibration, and the manifest last, each step only when all replicas
 * have the one before. Readers take a version only by its manifest, so a trainer that is killed
 * anywhere leaves files and records that nothing points to. A version goes live by its promotion,
 * which is a step of its own ({@link ModelPromotions}). Safe for any thread.
 */
public final class Publisher {
  private final ControlProducer producer;
  private final Topics topics;
  private final BlobStore blobs;
  private final Clock clock;
  private final SigningKey signer;

  /**
   * A publisher; the producer stays the caller's to close.
   *
   * @param signer signs the manifests; null leaves them unsigned
   */
  public Publisher(
      ControlProducer producer, Topics topics, BlobStore blobs, Clock clock, SigningKey signer) {
    this.signer = signer;
    this.producer = producer;
    this.topics = topics;
    this.blobs = blobs;
    this.clock = clock;
  }

  /**
   * Publishes a version.
   *
   * @return the manifest as it was written
   * @throws IOException when the weights could not be stored; no record was written
   * @throws org.apache.kafka.common.KafkaException when a record could not be written; the version
   *     is not visible, and publishing it again repairs it
   */
  public ModelManifest publish(Publication publication) throws IOException {
    return publish(publication, List.of());
  }

  /**
   * Publishes a version that was learned from images; the manifest's record carries their traces.
   *
   * @param traces of labels, the latest last
   * @see #publish(Publication)
   */
  public ModelManifest publish(Publication publication, List<TraceContext> traces)
      throws IOException {
    ModelSpec spec = publication.artifact().spec();
    String key = ModelKeys.version(spec.name(), spec.version());
    Instant now = clock.instant();
    String uri = blobs.put(publication.artifact().folder(), publication.artifact().contentHash());
    Map<String, ClassCentre> centres = new LinkedHashMap<>();
    for (ClassCentre centre : CentreRecords.toRecords(spec, spec.centres())) {
      centres.put(ModelKeys.centre(spec.name(), spec.version(), centre.getLabel()), centre);
    }
    producer.write(topics.centres(), centres);
    producer.write(
        topics.thresholds(),
        key,
        CalibrationRecords.toRecord(spec.name(), spec.version(), publication.calibration(), now));
    ModelManifest manifest =
        ManifestRecords.of(publication.artifact(), uri)
            .setParentVersion(
                publication.parent() == null ? 0 : publication.parent().spec().version())
            .setProvenance(publication.provenance())
            .setMeasures(publication.measures())
            .setProbe(publication.probe().toRecord())
            .setCreatedAt(now)
            .build();
    ModelManifest written = signer == null ? manifest : signer.sign(manifest);
    Headers headers = new RecordHeaders();
    traces.forEach(trace -> trace.addTo(headers));
    producer.write(topics.models(), key, written, headers);
    return written;
  }
}
