package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A broken version that is promoted answers nothing, a processor says why it refused it, and the
 * version before goes on answering the images that the broken one was promoted for. Stateless.
 */
public final class BadModelRefused implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    ModelHistory models = evidence.models();
    List<String> violations = new ArrayList<>();
    long meanwhile = 0;
    for (int version : models.broken().keySet()) {
      String what = "version " + version + " (" + models.broken().get(version) + ")";
      long answered = evidence.answers().stream().filter(a -> a.version() == version).count();
      if (answered > 0) {
        violations.add(what + " answered " + answered + " images");
      }
      if (models.events().stream().noneMatch(event -> refused(event, version))) {
        violations.add("no event says that " + what + " is refused");
      }
      meanwhile += answeredMeanwhile(version, evidence);
    }
    for (ModelEvent event : models.events()) {
      if (event.getKind() == ModelEventKind.REFUSED
          && !models.broken().containsKey(event.getVersion())) {
        violations.add(
            "sound version " + event.getVersion() + " was refused: " + event.getReason());
      }
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%d broken versions promoted, %,d images of their time answered by others",
            models.broken().size(),
            meanwhile);
    return Finding.of(this, !models.broken().isEmpty(), figures, violations);
  }

  private static boolean refused(ModelEvent event, int version) {
    return event.getKind() == ModelEventKind.REFUSED
        && event.getVersion() == version
        && !event.getReason().isBlank();
  }

  /** Answers to images that the broken version was to answer, until the next promotion. */
  private static long answeredMeanwhile(int version, Evidence evidence) {
    long from = evidence.models().effectiveFrom(version).orElse(Long.MAX_VALUE);
    long to =
        evidence.models().promotions().stream()
            .filter(one -> one.getRole() == ModelRole.LIVE)
            .map(Promotion::getEffectiveFrom)
            .mapToLong(time -> time.toEpochMilli())
            .filter(time -> time > from)
            .min()
            .orElse(Long.MAX_VALUE);
    return evidence.answers().stream()
        .filter(answer -> answer.recordTime() >= from && answer.recordTime() < to)
        .count();
  }
}
