package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives roles to published versions. A version becomes live in two steps: first every living
 * processor has it loaded and warm ({@link Readiness}), then the promotion takes effect a margin
 * after it is decided, so that all hear of it in time and switch at the same record time. Safe for
 * any thread.
 */
public final class ModelPromotions {
  /** The margin when none is configured: a few times what a record takes to be heard everywhere. */
  public static final Duration DEFAULT_MARGIN = Duration.ofSeconds(2);

  private final ControlProducer producer;
  private final Topics topics;
  private final Clock clock;
  private final Duration margin;
  private final Readiness readiness;

  /**
   * Promotions that take effect after a margin; the producer stays the caller's to close.
   *
   * @param readiness waits until the processors have a version ready
   */
  public ModelPromotions(
      ControlProducer producer, Topics topics, Clock clock, Duration margin, Readiness readiness) {
    if (margin.isNegative()) {
      throw new IllegalArgumentException("the margin is negative: " + margin);
    }
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
    this.margin = margin;
    this.readiness = readiness;
  }

  /**
   * Makes a version live, a margin after the processors have it ready.
   *
   * @throws NotReadyException when they do not get ready; nothing changes then
   */
  public Promotion promote(String name, int version, String reason, String author) {
    String prepared = ModelKeys.prepared(name, version);
    producer.write(
        topics.promotions(),
        prepared,
        promotion(name, version, ModelRole.PREPARED, Instant.EPOCH, reason, author));
    try {
      readiness.await(name, version);
      return assign(name, version, ModelRole.LIVE, clock.instant().plus(margin), reason, author);
    } finally {
      producer.delete(topics.promotions(), prepared);
    }
  }

  /**
   * Makes the version live again that was live before the present one, a margin after the
   * processors have it ready.
   *
   * @throws NotReadyException when they do not get ready; nothing changes then
   * @throws IllegalStateException when there is none, or it is not whole any more
   */
  public Promotion rollback(ModelCatalogue catalogue, String name, String reason, String author) {
    int previous =
        catalogue
            .schedule(name)
            .before(clock.instant().plus(margin))
            .orElseThrow(
                () -> new IllegalStateException("model " + name + " has no earlier version"));
    if (catalogue.version(name, previous).isEmpty()) {
      throw new IllegalStateException(
          "version "
              + ModelKeys.version(name, previous)
              + " is not whole: "
              + catalogue
                  .problems()
                  .getOrDefault(ModelKeys.version(name, previous), "no manifest"));
    }
    return promote(name, previous, reason, author);
  }

  /**
   * Gives a version a role.
   *
   * @param effectiveFrom record time from which it holds
   */
  public Promotion assign(
      String name,
      int version,
      ModelRole role,
      Instant effectiveFrom,
      String reason,
      String author) {
    Promotion promotion = promotion(name, version, role, effectiveFrom, reason, author);
    producer.write(topics.promotions(), ModelKeys.version(name, version), promotion);
    return promotion;
  }

  private Promotion promotion(
      String name,
      int version,
      ModelRole role,
      Instant effectiveFrom,
      String reason,
      String author) {
    return Promotion.newBuilder()
        .setName(name)
        .setVersion(version)
        .setRole(role)
        .setEffectiveFrom(effectiveFrom)
        .setReason(reason)
        .setAuthor(author)
        .setDecidedAt(clock.instant())
        .build();
  }
}
