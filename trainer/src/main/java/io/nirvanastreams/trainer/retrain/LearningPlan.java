package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which classes are to be learned now. A class that some published version has is not
 * learned again, even when that version was rolled back: a person decided so. A class that was
 * tried in vain is tried again when it has a quarter more images. For one thread.
 */
final class LearningPlan {
  private static final double GROWTH_BEFORE_ANOTHER_TRY = 1.25;

  private final RetrainingSettings settings;
  private final Set<String> published = new HashSet<>();
  private final Map<String, Integer> triedWith = new HashMap<>();

  LearningPlan(RetrainingSettings settings) {
    this.settings = settings;
  }

  /** Classes with enough images and nothing said about them of late, as far as is known here. */
  List<String> candidates(LabelledImages images, LabelCollector collector, Instant now) {
    List<String> candidates = new ArrayList<>();
    images
        .counts()
        .forEach(
            (name, count) -> {
              if (!published.contains(name)
                  && enough(name, count)
                  && !now.isBefore(collector.settledFrom(name, settings.settle()))) {
                candidates.add(name);
              }
            });
    return candidates;
  }

  /** The next task; empty when no class is ready or there is no live version to start from. */
  Optional<LearningTask> next(
      ModelCatalogue catalogue, LabelledImages images, LabelCollector collector, Instant now) {
    String model = settings.modelName();
    catalogue.versions(model).forEach(version -> published.addAll(version.spec().classes()));
    // The newest promotion, also one that takes effect in a moment: versions follow each other.
    Optional<ModelVersion> parent = catalogue.live(model, Instant.MAX);
    List<String> ready = candidates(images, collector, now);
    if (parent.isEmpty() || ready.isEmpty()) {
      return Optional.empty();
    }
    List<String> chosen = settings.together() ? ready : ready.subList(0, 1);
    return Optional.of(
        new LearningTask(
            parent.get(),
            catalogue.nextVersion(model),
            chosen,
            imagesFor(parent.get(), chosen, images),
            collector.traces(chosen)));
  }

  /** Notes that a task came to nothing. */
  void triedInVain(LearningTask task) {
    task.newClasses().forEach(name -> triedWith.put(name, task.images().get(name).size()));
  }

  private boolean enough(String name, int count) {
    double tried = triedWith.getOrDefault(name, 0) * GROWTH_BEFORE_ANOTHER_TRY;
    return count >= settings.minimumImages() && count >= tried;
  }

  private static Map<String, List<LabelledImage>> imagesFor(
      ModelVersion parent, List<String> newClasses, LabelledImages images) {
    Map<String, List<LabelledImage>> byClass = new LinkedHashMap<>();
    for (String name : images.counts().keySet()) {
      if (newClasses.contains(name) || parent.spec().classes().contains(name)) {
        byClass.put(name, images.of(name));
      }
    }
    return byClass;
  }
}
