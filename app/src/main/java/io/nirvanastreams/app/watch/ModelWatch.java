package io.nirvanastreams.app.watch;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Evaluations;
import io.nirvanastreams.app.clients.Gauges;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.records.Comparison;
import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.NotReadyException;
import io.nirvanastreams.trainer.rule.CandidateRule;
import io.nirvanastreams.trainer.rule.LiveRule;
import io.nirvanastreams.trainer.rule.RuleSettings;
import io.nirvanastreams.trainer.rule.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Holds the rules against what processors measure, and decides: a shadow that keeps them becomes
 * live, one that breaks them is ended, and a live version that breaks them goes back to the one
 * before. Every decision is a record by the author {@code rule}, with the figures in its reason.
 *
 * <p>What is live by a rollback is not rolled back again: the version before is the one that was
 * bad. For one thread; one watch for a model.
 */
public final class ModelWatch implements AutoCloseable {
  /** Who decides. */
  public static final String AUTHOR = "rule";

  private static final Duration LOOK = Duration.ofMillis(200);

  private final ClusterAccess access;
  private final String name;
  private final CandidateRule candidateRule;
  private final LiveRule liveRule;
  private final Deciding deciding;
  private final Consumer<String> told;
  private final InstanceFeed instances;
  private final LiveWindow window = new LiveWindow();

  /**
   * A watch that has seen nothing.
   *
   * @param told hears each verdict in a line
   */
  public ModelWatch(
      ClusterAccess access,
      String name,
      RuleSettings settings,
      Deciding deciding,
      Consumer<String> told) {
    this.access = access;
    this.name = name;
    this.candidateRule = new CandidateRule(settings);
    this.liveRule = new LiveRule(settings);
    this.deciding = deciding;
    this.told = told;
    this.instances =
        new InstanceFeed(access.kafka(), access.serdes(), access.topics(), Clock.systemUTC());
  }

  /**
   * How it decides.
   *
   * @param promotions writes the decisions
   * @param inEarnest whether they are written, else only told
   */
  public record Deciding(ModelPromotions promotions, boolean inEarnest) {}

  /** Looks once, and decides what there is to decide. */
  public void look() {
    ModelCatalogue catalogue = Models.catalogue(access);
    Instant now = Instant.now();
    Optional<ModelVersion> live = catalogue.live(name, now);
    if (live.isEmpty()) {
      told.accept("no version of " + name + " is live");
    } else if (changing(catalogue, now)) {
      told.accept("another version is about to be live");
    } else if (!rolledBack(catalogue, live.get(), now)) {
      int version = live.get().spec().version();
      CandidateSchedule.of(ModelRole.SHADOW, name, catalogue.promotions())
          .holding(now.toEpochMilli())
          .forEach(shadow -> judge(shadow, version));
    }
  }

  @Override
  public void close() {
    instances.close();
  }

  private boolean changing(ModelCatalogue catalogue, Instant now) {
    return catalogue.promotions().stream()
        .anyMatch(
            one ->
                one.getName().equals(name)
                    && one.getRole() == ModelRole.LIVE
                    && one.getEffectiveFrom().isAfter(now));
  }

  private boolean rolledBack(ModelCatalogue catalogue, ModelVersion live, Instant now) {
    int version = live.spec().version();
    window.measured(Gauges.read(access, name), version, live.calibration().version());
    Verdict verdict = liveRule.judge(window.answers(), window.labels(), refusals(version));
    if (liveRule.judgesAnswers(window.answers())) {
      window.answersJudged();
    }
    if (liveRule.judgesLabels(window.labels())) {
      window.labelsJudged();
    }
    if (!(verdict instanceof Verdict.RollBack)) {
      told.accept("live " + version + ": " + verdict.reason());
      return false;
    }
    OptionalInt before = catalogue.schedule(name).before(now);
    if (before.isEmpty() || before.getAsInt() > version) {
      told.accept(
          "live %d: %s; not rolled back, since %s"
              .formatted(
                  version,
                  verdict.reason(),
                  before.isEmpty() ? "no version was live before" : "it is live by a rollback"));
      return false;
    }
    told.accept(
        "live %d: rolled back to %d: %s".formatted(version, before.getAsInt(), verdict.reason()));
    decide(
        () -> deciding.promotions().rollback(catalogue, name, verdict.reason(), AUTHOR),
        "not rolled back");
    return true;
  }

  private void judge(Promotion shadow, int live) {
    int version = shadow.getVersion();
    Comparison seen =
        Comparison.of(
            Evaluations.read(access, name, version, shadow.getEffectiveFrom())
                .getOrDefault(live, List.of()));
    Verdict verdict = candidateRule.judge(seen);
    String line = "shadow " + version + " beside " + live + ": ";
    if (verdict instanceof Verdict.Promote) {
      told.accept(line + "promoted: " + verdict.reason());
      if (!decide(
          () -> deciding.promotions().promote(name, version, verdict.reason(), AUTHOR),
          "not promoted")) {
        // Or it would be tried again and again.
        end(version, "it kept the rules, and processors are not ready for it");
      }
    } else if (verdict instanceof Verdict.Reject) {
      told.accept(line + "ended: " + verdict.reason());
      end(version, verdict.reason());
    } else {
      told.accept(line + verdict.reason());
    }
  }

  private void end(int version, String reason) {
    decide(() -> deciding.promotions().end(name, version, reason, AUTHOR), "not ended");
  }

  private boolean decide(Runnable decision, String otherwise) {
    if (deciding.inEarnest()) {
      try {
        decision.run();
      } catch (NotReadyException | IllegalStateException e) { // or the version before is not whole
        told.accept(otherwise + ": " + e.getMessage());
        return false;
      }
    }
    return true;
  }

  private List<String> refusals(int version) {
    String key = Integer.toString(version);
    return instances.living(name, LOOK).stream()
        .filter(one -> one.getRefused().containsKey(key))
        .map(one -> one.getInstance() + " (" + one.getRefused().get(key) + ")")
        .toList();
  }
}
