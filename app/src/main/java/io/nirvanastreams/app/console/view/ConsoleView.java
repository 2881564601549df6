package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import java.time.Clock;
import java.util.Optional;

/**
 * What the console knows, from the records it was told: the latest frames joined with their
 * pictures, groups joined with their labels and the versions that learned them.
 *
 * <p>Bounded whatever the topics hold. Safe from any thread. Knows neither Kafka nor HTTP.
 */
public final class ConsoleView {
  private static final int FRAMES = 120;
  private static final int GROUPS = 200;
  private static final int ALERTS = 100;
  private static final long PICTURE_BYTES = 64L * 1024 * 1024;

  private final Clock clock;
  private final Meter meter;
  private final PictureCache pictures = new PictureCache(PICTURE_BYTES);
  private final Latest<Frame> frames = new Latest<>(FRAMES);
  private final Latest<AlertNote> alerts = new Latest<>(ALERTS);
  private final GroupBoard groups = new GroupBoard(GROUPS);
  private final ModelBoard models = new ModelBoard();
  private long serial;
  private String problem = "";

  /** An empty view; counting begins now. */
  public ConsoleView(Clock clock) {
    this.clock = clock;
    this.meter = new Meter(clock.millis());
  }

  /** An image came in; kept when it carries bytes that a browser can show. */
  public synchronized void image(ImageEvent image) {
    Picture.of(image.getBytes()).ifPresent(picture -> pictures.put(image.getEventId(), picture));
  }

  /**
   * An image was answered.
   *
   * @param counted false for answers from before the console started: shown, but not counted
   */
  public synchronized void recognition(Recognition answer, boolean counted) {
    long now = clock.millis();
    long answeredAt =
        answer.getTimings() == null ? now : answer.getTimings().getAnsweredAt().toEpochMilli();
    long latency = Math.max(0, answeredAt - answer.getCapturedAt().toEpochMilli());
    frames.add(Frame.of(++serial, answer, latency));
    if (counted) {
      meter.add(answer.getOutcome(), latency, now);
    }
  }

  /** A group changed; null when it is gone. */
  public synchronized void group(String groupId, NoveltyGroup group) {
    groups.group(groupId, group);
  }

  /** A person decided; null when the decision was withdrawn. */
  public synchronized void label(String subjectId, LabelAssigned label) {
    groups.label(subjectId, label);
  }

  /** A model version was published; null when it was withdrawn. */
  public synchronized void model(String key, ModelManifest manifest) {
    models.model(key, manifest);
  }

  /** A model version was given a role; null when that was withdrawn. */
  public synchronized void promotion(String key, Promotion promotion) {
    models.promotion(key, promotion);
  }

  /** Something happened to a model version. */
  public synchronized void modelEvent(ModelEvent event) {
    models.event(event);
  }

  /** Something wants a person. */
  public synchronized void alert(Alert alert) {
    alerts.add(AlertNote.of(alert));
  }

  /** The records have stopped coming, and why; empty when they come again. */
  public synchronized void problem(String message) {
    problem = message;
  }

  /** The picture of an image, when it is still kept. */
  public synchronized Optional<Picture> frame(String eventId) {
    return pictures.get(eventId);
  }

  /** The picture of an exemplar of a group, by its position on the card. */
  public synchronized Optional<Picture> exemplar(String groupId, int index) {
    return groups.exemplar(groupId, index);
  }

  /** One group. */
  public synchronized Optional<GroupCard> groupCard(String groupId) {
    return groups.card(groupId, models);
  }

  /** All there is to show now. */
  public synchronized ConsoleState state() {
    long now = clock.millis();
    return new ConsoleState(
        meter.read(now),
        models.live(now).map(Promotion::getVersion).orElse(-1),
        frames.list(),
        groups.cards(models),
        models.rows(groups.labels(), now),
        models.notes(),
        alerts.list(),
        problem);
  }
}
