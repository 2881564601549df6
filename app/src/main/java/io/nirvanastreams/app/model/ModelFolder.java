package io.nirvanastreams.app.model;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.ManifestRecords;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Provenance;
import io.nirvanastreams.trainer.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A trained model on disk: its artifact under {@code model/}, and what will be published with it in
 * {@code manifest.avro} and {@code calibration.avro}. Immutable.
 *
 * @param artifact the weights and what the model is
 * @param calibration how scores become decisions
 * @param probe inputs with the features that this model gives
 * @param provenance what it was made from
 * @param measures evaluation measures by name
 */
public record ModelFolder(
    ModelArtifact artifact,
    OpenSetCalibration calibration,
    Probe probe,
    Provenance provenance,
    Map<String, Double> measures) {
  private static final String ARTIFACTS = "model";
  private static final String MANIFEST = "manifest.avro";
  private static final String CALIBRATION = "calibration.avro";

  /** Where the artifact of a model folder belongs. */
  public static Path artifacts(Path folder) {
    return folder.resolve(ARTIFACTS);
  }

  /** Writes what belongs to the artifact, which must lie in {@link #artifacts} already. */
  public void write(Path folder) throws IOException {
    Instant now = provenance.getTrainedAt();
    String name = artifact.spec().name();
    int version = artifact.spec().version();
    save(folder.resolve(CALIBRATION), CalibrationRecords.toRecord(name, version, calibration, now));
    save(
        folder.resolve(MANIFEST),
        ManifestRecords.of(artifact, ARTIFACTS + "/" + artifact.contentHash())
            .setProvenance(provenance)
            .setMeasures(measures)
            .setProbe(probe.toRecord())
            .setCreatedAt(now)
            .build());
  }

  /**
   * Reads a folder and checks the weights against their hash.
   *
   * @throws UsageException when the folder has no whole model
   */
  public static ModelFolder read(Path folder) {
    if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
      throw new UsageException(
          folder + " has no trained model; name the --out folder of 'nirvana train'");
    }
    try {
      ModelManifest manifest = load(folder.resolve(MANIFEST), ModelManifest.class);
      Calibration calibration = load(folder.resolve(CALIBRATION), Calibration.class);
      ModelArtifact artifact = ModelArtifacts.read(folder.resolve(manifest.getWeightsUri()));
      return new ModelFolder(
          artifact,
          CalibrationRecords.toDomain(calibration),
          ManifestRecords.probe(manifest)
              .orElseThrow(() -> new BadRecordException("the model has no probe")),
          manifest.getProvenance(),
          manifest.getMeasures());
    } catch (IOException | BadModelException | BadRecordException | AvroRuntimeException e) {
      throw new UsageException(
          "the model in " + folder + " is not usable: " + e.getMessage() + "; train it again", e);
    }
  }

  /**
   * The model as it is published.
   *
   * @param parent the version it follows, or null
   */
  public Publication publication(ModelVersion parent) {
    return new Publication(artifact, calibration, probe, provenance, measures, parent);
  }

  private static <T extends SpecificRecord> void save(Path file, T record) throws IOException {
    SpecificDatumWriter<T> datum = new SpecificDatumWriter<>(record.getSchema());
    try (DataFileWriter<T> writer = new DataFileWriter<>(datum)) {
      writer.create(record.getSchema(), file.toFile());
      writer.append(record);
    }
  }

  private static <T extends SpecificRecord> T load(Path file, Class<T> type) throws IOException {
    try (DataFileReader<T> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(type))) {
      return reader.next();
    }
  }
}
