package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    return prepared(start(name, version, ModelRole.LIVE, reason, author));
  }

  /**
   * Has a version answer the images of some sources, a margin after the processors have it ready;
   * takes the place of what was decided for the version as a canary before.
   *
   * @param sources whose images it answers
   * @param share of all sources whose images it answers as well, 0 to 1
   * @throws NotReadyException when they do not get ready; nothing changes then
   */
  public Promotion canary(
      String name, int version, List<String> sources, double share, String reason, String author) {
    return prepared(
        start(name, version, ModelRole.CANARY, reason, author)
            .setSources(sources)
            .setShare(share(share)));
  }

  /**
   * Has a version look at a share of the images, and answer none.
   *
   * @param share of the images, 0 to 1
   */
  public Promotion shadow(String name, int version, double share, String reason, String author) {
    return write(
        start(name, version, ModelRole.SHADOW, reason, author)
            .setShare(share(share))
            .setEffectiveFrom(clock.instant())
            .build());
  }

  /** Ends what a version is as canary and shadow, a margin from now. */
  public Promotion end(String name, int version, String reason, String author) {
    return assign(name, version, ModelRole.RETIRED, clock.instant().plus(margin), reason, author);
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
    return write(
        start(name, version, role, reason, author).setEffectiveFrom(effectiveFrom).build());
  }

  /** Prepares, waits, and lets the decision take effect. */
  private Promotion prepared(Promotion.Builder decision) {
    write(
        Promotion.newBuilder(decision)
            .setRole(ModelRole.PREPARED)
            .setEffectiveFrom(Instant.EPOCH)
            .setSources(List.of())
            .setShare(0)
            .build());
    try {
      readiness.await(decision.getName(), decision.getVersion());
    } catch (RuntimeException e) {
      write(
          Promotion.newBuilder(decision)
              .setRole(ModelRole.REFUSED)
              .setReason(e.getMessage() == null ? e.toString() : e.getMessage())
              .setDecidedAt(clock.instant())
              .build());
      throw e;
    }
    return write(
        decision
            .setDecidedAt(clock.instant())
            .setEffectiveFrom(clock.instant().plus(margin))
            .build());
  }

  private Promotion write(Promotion decision) {
    producer.write(topics.promotions(), ModelKeys.decision(decision), decision);
    return decision;
  }

  private Promotion.Builder start(
      String name, int version, ModelRole role, String reason, String author) {
    return Promotion.newBuilder()
        .setName(name)
        .setVersion(version)
        .setRole(role)
        .setReason(reason)
        .setAuthor(author)
        .setDecidedAt(clock.instant());
  }

  private static double share(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share must lie between 0 and 1, was " + share);
    }
    return share;
  }
}
