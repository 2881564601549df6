package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.ClassCentre;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A class keeps its vertex, bit for bit, over all later versions (Nirvana paper, on maximally
 * separated centres). Stateless.
 */
public final class CentresNeverMove implements Guarantee {
  @Override
  public Finding check(Evidence evidence) {
    List<ClassCentre> centres =
        evidence.models().centres().stream()
            .filter(one -> !evidence.models().broken().containsKey(one.getModelVersion()))
            .sorted(Comparator.comparingInt(ClassCentre::getModelVersion))
            .toList();
    List<String> violations = moved(centres);
    Set<Integer> versions = new HashSet<>();
    centres.forEach(centre -> versions.add(centre.getModelVersion()));
    String figures =
        String.format(
            Locale.ROOT,
            "%d classes in %d versions, %d centres moved",
            centres.stream().map(ClassCentre::getLabel).distinct().count(),
            versions.size(),
            violations.size());
    return Finding.of(this, versions.size() > 1, figures, violations);
  }

  /**
   * What moved, in words.
   *
   * @param centres of one model, those of earlier versions first
   */
  public static List<String> moved(List<ClassCentre> centres) {
    Map<String, ClassCentre> first = new HashMap<>();
    List<String> moved = new ArrayList<>();
    for (ClassCentre centre : centres) {
      ClassCentre before = first.putIfAbsent(centre.getLabel(), centre);
      if (before != null && !same(before, centre)) {
        moved.add(centre.getLabel() + " moved in version " + centre.getModelVersion());
      }
    }
    return moved;
  }

  private static boolean same(ClassCentre before, ClassCentre centre) {
    ByteBuffer coordinates = before.getCoordinates();
    return before.getVertexIndex() == centre.getVertexIndex()
        && coordinates.equals(centre.getCoordinates());
  }
}
