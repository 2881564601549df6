package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new version must learn. Immutable.
 *
 * @param parent the live version that it starts from
 * @param version number of the new version
 * @param newClasses classes that the parent does not have, in the order of their vertices
 * @param images labelled images by class: of the new classes, and of old ones that were learned or
 *     corrected by labels
 * @param traces of the images that the new classes were named by, as far as labels carry them
 */
public record LearningTask(
    ModelVersion parent,
    int version,
    List<String> newClasses,
    Map<String, List<LabelledImage>> images,
    List<TraceContext> traces) {

  /** A task whose labels carry no trace. */
  public LearningTask(
      ModelVersion parent,
      int version,
      List<String> newClasses,
      Map<String, List<LabelledImage>> images) {
    this(parent, version, newClasses, images, List.of());
  }

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException when a new class is an old one, or has no image
   */
  public LearningTask {
    newClasses = List.copyOf(newClasses);
    traces = List.copyOf(traces);
    images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    for (String name : newClasses) {
      if (parent.spec().classes().contains(name) || !images.containsKey(name)) {
        throw new IllegalArgumentException(
            "class '" + name + "' is not new to " + parent.spec().classes() + " or has no image");
      }
    }
  }

  /** All classes in vertex order: the parent's, then the new ones. */
  public List<String> classes() {
    List<String> classes = new ArrayList<>(parent.spec().classes());
    classes.addAll(newClasses);
    return List.copyOf(classes);
  }
}
