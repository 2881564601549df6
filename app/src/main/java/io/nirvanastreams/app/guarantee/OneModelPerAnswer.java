package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every answer names one version with that version's weights and thresholds; a version answers from
 * the record time it was promoted for, and for one source versions never go back. Which images
 * shared a batch cannot be seen from outside; that a batch never mixes versions is a test of the
 * scheduler. Stateless.
 */
public final class OneModelPerAnswer implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    Map<Integer, String> modelOfVersion = new HashMap<>();
    Map<String, SeenAnswer> last = new HashMap<>();
    List<String> violations = new ArrayList<>();
    List<Promotion> schedule = evidence.models().soundPromotions();
    long late = 0;
    for (SeenAnswer answer : evidence.answers()) {
      checkModel(answer, modelOfVersion, evidence.models(), violations);
      if (evidence.models().canary(answer)) {
        continue; // the sources of a canary go back when it ends
      }
      checkNotAhead(answer, schedule, evidence.models(), violations);
      late += late(answer, schedule) ? 1 : 0;
      SeenAnswer before = last.put(answer.sourceId(), answer);
      if (before != null && rank(answer, evidence.models()) < rank(before, evidence.models())) {
        violations.add(
            "%s went back from version %d to %d"
                .formatted(answer.eventId(), before.version(), answer.version()));
      }
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%d versions answered, %d answers mixed, early or gone back; %d by the version before"
                + " though a later one was due",
            modelOfVersion.size(),
            violations.size(),
            late);
    return Finding.of(this, !evidence.answers().isEmpty(), figures, violations);
  }

  private static void checkModel(
      SeenAnswer answer,
      Map<Integer, String> modelOfVersion,
      ModelHistory models,
      List<String> violations) {
    String weights = answer.recognition().getWeightsSha256();
    String model = weights + "/" + answer.recognition().getThresholdVersion();
    String first = modelOfVersion.putIfAbsent(answer.version(), model);
    if (first != null && !first.equals(model)) {
      violations.add(
          "version " + answer.version() + " answered with two models or calibrations: " + model);
    }
    if (models.manifests().isEmpty()) {
      return;
    }
    String published =
        models.manifest(answer.version()).map(ModelManifest::getWeightsSha256).orElse("");
    if (!published.equals(weights)) {
      violations.add(
          "%s was answered with weights that version %d does not have"
              .formatted(answer.eventId(), answer.version()));
    }
  }

  /** Images older than every promotion are answered by the first. */
  private static void checkNotAhead(
      SeenAnswer answer, List<Promotion> schedule, ModelHistory models, List<String> violations) {
    if (!schedule.isEmpty() && models.effectiveFrom(answer.version()).isEmpty()) {
      violations.add(
          "%s was answered by version %d, which was never live"
              .formatted(answer.eventId(), answer.version()));
      return;
    }
    long from = models.effectiveFrom(answer.version()).orElse(Long.MIN_VALUE);
    boolean first = !schedule.isEmpty() && schedule.get(0).getVersion() == answer.version();
    if (answer.recordTime() < from && !first) {
      violations.add(
          "%s was answered by version %d, %d ms before that was live"
              .formatted(answer.eventId(), answer.version(), from - answer.recordTime()));
    }
  }

  /** Not against the promise, but against an exact replay: the instance heard of it too late. */
  private static boolean late(SeenAnswer answer, List<Promotion> schedule) {
    int due = 0;
    for (Promotion promotion : schedule) {
      if (promotion.getEffectiveFrom().toEpochMilli() <= answer.recordTime()) {
        due = promotion.getVersion();
      }
    }
    return due != 0 && due != answer.version();
  }

  /** By record time of the promotion; by number where promotions are not known. */
  private static long rank(SeenAnswer answer, ModelHistory models) {
    return models.promotions().isEmpty()
        ? answer.version()
        : models.effectiveFrom(answer.version(), answer.recordTime()).orElse(Long.MIN_VALUE);
  }
}
