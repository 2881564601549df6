package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Model versions, their roles and what happened to them. Not thread-safe. */
final class ModelBoard {
  private static final int NOTES = 100;
  private static final Set<ModelRole> PREPARING = Set.of(ModelRole.PREPARED, ModelRole.REFUSED);

  private final Map<String, ModelManifest> manifests = new TreeMap<>();
  private final Map<String, Promotion> promotions = new TreeMap<>();
  private final Latest<ModelNote> notes = new Latest<>(NOTES);

  void model(String key, ModelManifest manifest) {
    putOrRemove(manifests, key, manifest);
  }

  void promotion(String key, Promotion promotion) {
    putOrRemove(promotions, key, promotion);
  }

  void event(ModelEvent event) {
    notes.add(ModelNote.of(event));
  }

  List<ModelNote> notes() {
    return notes.list();
  }

  /** The promotion in force: the latest LIVE one whose time has come. */
  Optional<Promotion> live(long nowMillis) {
    return promotions.values().stream()
        .filter(promotion -> promotion.getRole() == ModelRole.LIVE)
        .filter(promotion -> promotion.getEffectiveFrom().toEpochMilli() <= nowMillis)
        .max(Comparator.comparing(Promotion::getEffectiveFrom));
  }

  /** The lowest version published with a class, from a time on. */
  Optional<ModelManifest> firstWith(String className, Instant from) {
    return manifests.values().stream()
        .filter(manifest -> manifest.getClasses().contains(className))
        .filter(manifest -> !manifest.getCreatedAt().isBefore(from))
        .min(Comparator.comparing(ModelManifest::getVersion));
  }

  /** All versions, newest first. */
  List<VersionRow> rows(Collection<LabelAssigned> labels, long nowMillis) {
    Promotion live = live(nowMillis).orElse(null);
    return manifests.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), live, labels, nowMillis))
        .sorted(
            Comparator.comparing(VersionRow::version).reversed().thenComparing(VersionRow::name))
        .toList();
  }

  private VersionRow row(
      String key,
      ModelManifest manifest,
      Promotion live,
      Collection<LabelAssigned> labels,
      long nowMillis) {
    Promotion promotion = latest(key);
    List<String> learned = learned(manifest);
    long publishedAt = manifest.getCreatedAt().toEpochMilli();
    long effectiveFrom = promotion == null ? -1 : promotion.getEffectiveFrom().toEpochMilli();
    return new VersionRow(
        manifest.getName(),
        manifest.getVersion(),
        role(promotion, live, nowMillis),
        List.copyOf(manifest.getClasses()),
        learned,
        finite(manifest.getMeasures()),
        publishedAt,
        effectiveFrom,
        learnMillis(learned, labels, Math.max(publishedAt, effectiveFrom)));
  }

  /** The decision on a version that holds now, or will; a refusal takes the preparation back. */
  private Promotion latest(String key) {
    List<Promotion> decided =
        promotions.values().stream()
            .filter(one -> key.equals(one.getName() + "/" + one.getVersion()))
            .sorted(
                Comparator.comparing(Promotion::getDecidedAt)
                    .thenComparing(Promotion::getEffectiveFrom)
                    .reversed())
            .toList();
    boolean refused = !decided.isEmpty() && decided.get(0).getRole() == ModelRole.REFUSED;
    return decided.stream()
        .filter(one -> !refused || !PREPARING.contains(one.getRole()))
        .findFirst()
        .orElse(null);
  }

  private List<String> learned(ModelManifest manifest) {
    ModelManifest parent = manifests.get(manifest.getName() + "/" + manifest.getParentVersion());
    if (parent == null) {
      return List.of();
    }
    return manifest.getClasses().stream()
        .filter(name -> !parent.getClasses().contains(name))
        .toList();
  }

  private static String role(Promotion promotion, Promotion live, long nowMillis) {
    if (promotion == null) {
      return "published";
    }
    if (promotion.getRole() != ModelRole.LIVE) {
      return promotion.getRole().name().toLowerCase(Locale.ROOT);
    }
    if (promotion.equals(live)) {
      return "live";
    }
    return promotion.getEffectiveFrom().toEpochMilli() > nowMillis ? "scheduled" : "retired";
  }

  private static long learnMillis(
      List<String> learned, Collection<LabelAssigned> labels, long ready) {
    return labels.stream()
        .filter(label -> label.getAction() == LabelAction.ASSIGN)
        .filter(label -> learned.contains(label.getClassName()))
        .mapToLong(label -> label.getAssignedAt().toEpochMilli())
        .filter(assigned -> assigned <= ready)
        .map(assigned -> ready - assigned)
        .max()
        .orElse(-1);
  }

  private static Map<String, Double> finite(Map<String, Double> measures) {
    Map<String, Double> finite = new TreeMap<>(measures);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return finite;
  }

  private static <T> void putOrRemove(Map<String, T> map, String key, T value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
