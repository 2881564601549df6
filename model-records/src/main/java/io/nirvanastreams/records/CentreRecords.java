package io.nirvanastreams.records;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.serde.Vectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Class centres to and from their records, bit for bit. Stateless. */
public final class CentreRecords {
  private CentreRecords() {}

  /** One record per class of a model, in vertex order. */
  public static List<ClassCentre> toRecords(ModelSpec spec, float[][] centres) {
    List<ClassCentre> records = new ArrayList<>();
    for (int index = 0; index < centres.length; index++) {
      records.add(
          ClassCentre.newBuilder()
              .setModelName(spec.name())
              .setModelVersion(spec.version())
              .setLabel(spec.classes().get(index))
              .setVertexIndex(index)
              .setCoordinates(Vectors.pack(centres[index]))
              .build());
    }
    return records;
  }

  /**
   * The centres of a model in vertex order.
   *
   * @param records the records of this model version, in any order; those of classes that the model
   *     does not have are what a killed trainer left behind, and are passed over
   * @throws BadRecordException when a class lacks its centre, or its centre has another vertex or
   *     dimension than the model says
   */
  public static float[][] toDomain(ModelSpec spec, Collection<ClassCentre> records) {
    float[][] centres = new float[spec.classes().size()][];
    for (ClassCentre record : records) {
      int index = spec.classes().indexOf(record.getLabel());
      if (index < 0) {
        continue;
      }
      float[] coordinates = Vectors.floats(record.getCoordinates());
      if (record.getVertexIndex() != index || coordinates.length != spec.dimension()) {
        throw new BadRecordException(
            "%s: '%s' has %d coordinates on vertex %d, not %d on vertex %d"
                .formatted(
                    name(spec),
                    record.getLabel(),
                    coordinates.length,
                    record.getVertexIndex(),
                    spec.dimension(),
                    index));
      }
      centres[index] = coordinates;
    }
    for (int index = 0; index < centres.length; index++) {
      if (centres[index] == null) {
        throw new BadRecordException(
            name(spec) + ": class '" + spec.classes().get(index) + "' has no centre");
      }
    }
    return centres;
  }

  private static String name(ModelSpec spec) {
    return "centres of " + ModelKeys.version(spec.name(), spec.version());
  }
}
