package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The versions of one model as the topics tell of them, and what was done to them on purpose.
 * Immutable.
 *
 * @param manifests manifests, the latest of each version
 * @param centres centres of all versions
 * @param calibrations calibrations, the latest of each version
 * @param promotions roles that versions took
 * @param events what processors said of versions, in order
 * @param broken versions that were published broken, with what is wrong with them
 * @param interrupted versions whose publisher was killed
 * @param halves what readers saw of incomplete versions, in words
 */
public record ModelHistory(
    List<ModelManifest> manifests,
    List<ClassCentre> centres,
    List<Calibration> calibrations,
    List<Promotion> promotions,
    List<ModelEvent> events,
    Map<Integer, String> broken,
    Set<Integer> interrupted,
    List<String> halves) {
  /** Nothing happened. */
  public static final ModelHistory NONE =
      new ModelHistory(
          List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), Set.of(), List.of());

  /** Copies the collections. */
  public ModelHistory {
    manifests = List.copyOf(manifests);
    centres = List.copyOf(centres);
    calibrations = List.copyOf(calibrations);
    promotions = List.copyOf(promotions);
    events = List.copyOf(events);
    broken = Map.copyOf(broken);
    interrupted = Set.copyOf(interrupted);
    halves = List.copyOf(halves);
  }

  /** The manifest of a version. */
  Optional<ModelManifest> manifest(int version) {
    return manifests.stream().filter(one -> one.getVersion() == version).findFirst();
  }

  /** From which record time a version was first promoted to answer; empty when it never was. */
  Optional<Long> effectiveFrom(int version) {
    return times(version).min().stream().boxed().findFirst();
  }

  /**
   * From which record time a version was promoted that answered an image of a record time: the last
   * promotion not after it, since a version may be made live again.
   */
  Optional<Long> effectiveFrom(int version, long recordTime) {
    return times(version).filter(time -> time <= recordTime).max().stream()
        .boxed()
        .findFirst()
        .or(() -> effectiveFrom(version));
  }

  /** Whether an image was a canary's by the decisions: a source that left the live version. */
  boolean canary(SeenAnswer answer) {
    String name = promotions.isEmpty() ? "" : promotions.get(0).getName();
    return CandidateSchedule.of(ModelRole.CANARY, name, promotions)
        .at(answer.sourceId(), answer.recordTime(), version -> !broken.containsKey(version))
        .isPresent();
  }

  private LongStream times(int version) {
    return promotions.stream()
        .filter(one -> one.getVersion() == version && one.getRole() == ModelRole.LIVE)
        .mapToLong(one -> one.getEffectiveFrom().toEpochMilli());
  }

  /** Promotions of sound versions, from the first record time to the last. */
  List<Promotion> soundPromotions() {
    return promotions.stream()
        .filter(one -> one.getRole() == ModelRole.LIVE && !broken.containsKey(one.getVersion()))
        .sorted((a, b) -> a.getEffectiveFrom().compareTo(b.getEffectiveFrom()))
        .toList();
  }
}
