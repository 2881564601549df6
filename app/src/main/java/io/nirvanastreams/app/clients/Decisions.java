package io.nirvanastreams.app.clients;

import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what was decided on model versions. Stateless. */
public final class Decisions {
  private Decisions() {}

  /**
   * One decision.
   *
   * @param holdsFrom record time; null where it says nothing about images
   * @param scope which sources or images, for people; empty where it is for all or none
   */
  public record Decision(
      Instant decidedAt,
      String name,
      int version,
      String what,
      Instant holdsFrom,
      String scope,
      String author,
      String reason) {}

  /**
   * Every decision, the oldest first.
   *
   * @param name of the model; null for every model
   */
  public static List<Decision> history(ClusterAccess cluster, String name) {
    List<Promotion> promotions =
        new ArrayList<>(
            Records.latest(cluster, cluster.topics().promotions(), Promotion.class).values());
    promotions.sort(Comparator.comparing(Promotion::getDecidedAt));
    List<Decision> decisions = new ArrayList<>();
    Set<String> wereLive = new HashSet<>();
    for (Promotion one : promotions) {
      boolean again =
          one.getRole() == ModelRole.LIVE && !wereLive.add(one.getName() + "/" + one.getVersion());
      decisions.add(of(one, again));
    }
    decisions.addAll(refusals(cluster));
    return decisions.stream()
        .filter(one -> name == null || one.name().equals(name))
        .sorted(Comparator.comparing(Decision::decidedAt))
        .toList();
  }

  /** The last decision that gave a version a role. */
  public static Optional<Promotion> latest(
      Collection<Promotion> decisions, String name, int version, ModelRole role) {
    return decisions.stream()
        .filter(one -> one.getName().equals(name) && one.getVersion() == version)
        .filter(one -> one.getRole() == role)
        .max(Comparator.comparing(Promotion::getDecidedAt));
  }

  /** The sources of a canary or the images of a shadow, for people; empty for others. */
  public static String scope(Promotion decision) {
    String listed = String.join(", ", decision.getSources());
    return switch (decision.getRole()) {
      case SHADOW -> decision.getShare() + " of the images";
      case CANARY ->
          decision.getShare() == 0
              ? listed
              : decision.getShare()
                  + " of the sources"
                  + (listed.isEmpty() ? "" : " and " + listed);
      default -> "";
    };
  }

  private static Decision of(Promotion one, boolean again) {
    boolean holds = one.getRole() != ModelRole.PREPARED && one.getRole() != ModelRole.REFUSED;
    return new Decision(
        one.getDecidedAt(),
        one.getName(),
        one.getVersion(),
        one.getRole() == ModelRole.RETIRED
            ? "ended"
            : one.getRole().name().toLowerCase(Locale.ROOT) + (again ? " again" : ""),
        holds ? one.getEffectiveFrom() : null,
        scope(one),
        one.getAuthor(),
        one.getReason());
  }

  private static List<Decision> refusals(ClusterAccess cluster) {
    List<Decision> refusals = new ArrayList<>();
    Topic topic = cluster.topics().modelEvents();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka());
        Deserializer<ModelEvent> deserializer = cluster.serdes().deserializer(ModelEvent.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> {
            ModelEvent event = AvroSerdes.read(deserializer, record);
            if (event.getKind() == ModelEventKind.REFUSED) {
              refusals.add(
                  new Decision(
                      event.getOccurredAt(),
                      event.getName(),
                      event.getVersion(),
                      "refused",
                      null,
                      "",
                      event.getInstance(),
                      event.getReason()));
            }
          });
    }
    return refusals;
  }
}
