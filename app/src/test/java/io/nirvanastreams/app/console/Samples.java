package io.nirvanastreams.app.console;

import io.nirvanastreams.schemas.Exemplar;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.Timings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Records that the console's tests are fed with. */
public final class Samples {
  public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private Samples() {}

  /** A grey PNG of 28 x 28 pixels. */
  public static byte[] png(int grey) {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int pixel = 0; pixel < 28 * 28; pixel++) {
      image.getRaster().setSample(pixel % 28, pixel / 28, 0, grey);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static ImageEvent image(String eventId, byte[] bytes) {
    return ImageEvent.newBuilder()
        .setEventId(eventId)
        .setSourceId("camera-1")
        .setCapturedAt(START)
        .setMediaType("image/png")
        .setBytes(ByteBuffer.wrap(bytes))
        .build();
  }

  public static Recognition answer(String eventId, Outcome outcome, String label) {
    return Recognition.newBuilder()
        .setEventId(eventId)
        .setSourceId("camera-1")
        .setCapturedAt(START)
        .setOutcome(outcome)
        .setLabel(label)
        .setPValue(outcome == Outcome.KNOWN ? 0.63 : 0.01)
        .setDistance(1.25)
        .setModelVersion(1)
        .setTimings(Timings.newBuilder().setAnsweredAt(START.plusMillis(40)).build())
        .build();
  }

  public static NoveltyGroup group(String groupId, long size, GroupState state) {
    return NoveltyGroup.newBuilder()
        .setGroupId(groupId)
        .setSize(size)
        .setFirstSeen(START)
        .setLastSeen(START.plusSeconds(size))
        .setExemplars(List.of(exemplar(groupId + "-a", 60), exemplar(groupId + "-b", 200)))
        .setMeanEmbedding(ByteBuffer.allocate(0))
        .setState(state)
        .build();
  }

  public static LabelAssigned label(String groupId, String name, Instant at) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setSubjectType(SubjectType.GROUP)
        .setAction(LabelAction.ASSIGN)
        .setClassName(name)
        .setAuthor("ana")
        .setAssignedAt(at)
        .build();
  }

  public static ModelManifest model(int version, Instant createdAt, String... classes) {
    return ModelManifest.newBuilder()
        .setName("m")
        .setVersion(version)
        .setParentVersion(version - 1)
        .setClasses(List.of(classes))
        .setMeasures(Map.of("accuracy", 0.91, "auroc", Double.NaN))
        .setCreatedAt(createdAt)
        .build();
  }

  public static Promotion live(int version, Instant effectiveFrom) {
    return Promotion.newBuilder()
        .setName("m")
        .setVersion(version)
        .setRole(ModelRole.LIVE)
        .setEffectiveFrom(effectiveFrom)
        .setDecidedAt(effectiveFrom)
        .build();
  }

  private static Exemplar exemplar(String eventId, int grey) {
    return Exemplar.newBuilder()
        .setEventId(eventId)
        .setMediaType("image/png")
        .setBytes(ByteBuffer.wrap(png(grey)))
        .build();
  }
}
