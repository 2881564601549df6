package io.nirvanastreams.processor;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.processor.model.Network;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.schemas.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A tiny model: two classes in two dimensions, images of one pixel. */
public final class Samples {
  public static final String MODEL = "toys";
  public static final InputShape PIXEL = new InputShape(1, 1, 1);
  public static final List<String> CLASSES = List.of("ball", "cube");
  public static final double EXPAND = 6;

  /** Pixels that the fake network has an opinion about. */
  public static final int BALL = 1;

  public static final int CUBE = 2;
  public static final int UNKNOWN = 3;

  private Samples() {}

  public static ModelSpec spec(int version) {
    return new ModelSpec(MODEL, version, "classifier32", Map.of(), PIXEL, CLASSES, 2, EXPAND);
  }

  public static float[][] centres() {
    return Simplex.of(2, EXPAND).first(2);
  }

  /** Distances to the centre below about 1 are usual, so that only the vertices are known. */
  public static OpenSetCalibration calibration(String version) {
    double[] scores = new double[40];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -1 + i / 41.0;
    }
    return new OpenSetCalibration(
        version,
        0.05,
        "conformal-class-conditional",
        "raw",
        Map.of(),
        CLASSES.stream()
            .map(label -> new ClassCalibration(label, scores, new float[0][]))
            .toList());
  }

  public static ServingModel model(int version, Network network) {
    return new ServingModel(
        spec(version), "sha-" + version, centres(), calibration("t" + version), network);
  }

  /** What the fake network says: the pixel's vertex, or the centre of all for an unknown. */
  public static Embedding embedding(byte pixel) {
    float[] feature =
        switch (pixel) {
          case BALL -> centres()[0];
          case CUBE -> centres()[1];
          default -> new float[] {0.5f, 0.5f};
        };
    return new Embedding(feature, new float[] {1, pixel / 100f});
  }

  public static ImageEvent event(String id, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return ImageEvent.newBuilder()
        .setEventId(id)
        .setSourceId("camera")
        .setScope("site")
        .setCapturedAt(Instant.ofEpochMilli(1_000))
        .setMediaType("image/png")
        .setBytes(ByteBuffer.wrap(bytes))
        .build();
  }
}
