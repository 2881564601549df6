package io.nirvanastreams.openset.grouping;

import io.nirvanastreams.openset.vector.Cosine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Online leader clustering of the unknowns of one scope, on cosine distance.
 *
 * <p>An image joins the cluster with the nearest mean, or begins a new one when none is near
 * enough. Clusters whose means come near each other become one, the smaller going into the larger.
 * A cluster is born as a group when it reaches the minimum size; what never does is noise. At most
 * a set number of clusters is kept: candidates go first (smallest, then longest unseen), then the
 * group longest unseen.
 *
 * <p>Deterministic: the state is the set of {@link #clusters()}, whatever order it is restored in,
 * and equal states with equal input end in equal states, bit for bit. Representations of different
 * model versions are not comparable; {@link #reset()} when the version changes. Not safe for use by
 * several threads at once.
 */
public final class NoveltyGrouper {

  /** Larger first; among equals the older, then the lower id: a merge keeps the first of two. */
  private static final Comparator<Cluster> STRONGER =
      Comparator.comparing(Cluster::born)
          .thenComparingLong(Cluster::size)
          .reversed()
          .thenComparingLong(Cluster::firstSeen)
          .thenComparing(Cluster::id);

  private static final Comparator<Cluster> FIRST_TO_GO =
      Comparator.comparing(Cluster::born)
          .thenComparingLong(cluster -> cluster.born() ? 0 : cluster.size())
          .thenComparingLong(Cluster::lastSeen)
          .thenComparing(Cluster::id);

  private final String scope;
  private final GroupingSettings settings;
  private final TreeMap<String, Cluster> clusters = new TreeMap<>();

  /**
   * Without any cluster yet.
   *
   * @param scope whose unknowns these are; part of the ids
   */
  public NoveltyGrouper(String scope, GroupingSettings settings) {
    this.scope = scope;
    this.settings = settings;
  }

  /**
   * Puts one unknown into a cluster.
   *
   * @param eventId the image
   * @param representation as the embedding gives it, any length but all of one dimension
   * @param timeMillis time of the image; images may come out of order
   * @throws IllegalArgumentException when the representation holds NaN or infinite values, or has
   *     another dimension than those before
   */
  public GroupingChange add(String eventId, float[] representation, long timeMillis) {
    float[] unit = Cosine.normalised(representation);
    Nearest nearest = nearest(unit, null);
    boolean joins = nearest != null && nearest.distance <= settings.joinDistance();
    double distance = joins ? nearest.distance : 0;
    Member member = new Member(eventId, distance, timeMillis);
    Cluster before = joins ? nearest.cluster : null;
    Cluster current = joins ? Clusters.join(before, member, unit, settings) : begin(member, unit);
    clusters.put(current.id(), current);
    List<Merge> merges = new ArrayList<>();
    current = mergeNear(current, merges);
    boolean born = !current.born() && current.size() >= settings.minimumSize();
    List<Member> reported = List.of();
    if (born || current.born()) {
      reported = current.waiting();
      current = Clusters.reported(current);
      clusters.put(current.id(), current);
    }
    return new GroupingChange(current, distance, born, reported, merges, evict(current.id()));
  }

  /** All clusters, groups and candidates, by id. Together they are the whole state. */
  public List<Cluster> clusters() {
    return List.copyOf(clusters.values());
  }

  /** The cluster of that id, if it is still there. */
  public Optional<Cluster> cluster(String id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** Replaces the state by clusters that {@link #clusters()} gave, in any order. */
  public void restore(Collection<Cluster> state) {
    clusters.clear();
    state.forEach(cluster -> clusters.put(cluster.id(), cluster));
  }

  /** Takes out a cluster, such as one that got a name; images like it then begin a new one. */
  public Optional<Cluster> remove(String id) {
    return Optional.ofNullable(clusters.remove(id));
  }

  /** Keeps only the clusters that pass. */
  public void retain(Predicate<Cluster> keep) {
    clusters.values().removeIf(keep.negate());
  }

  /** Forgets everything, as when the model version changes. */
  public void reset() {
    clusters.clear();
  }

  private record Nearest(Cluster cluster, double distance) {}

  /** Ties go to the lower id. */
  private Nearest nearest(float[] direction, String except) {
    Nearest best = null;
    for (Cluster cluster : clusters.values()) {
      if (!cluster.id().equals(except)) {
        double distance = Cosine.distance(direction, cluster.mean());
        if (best == null || distance < best.distance) {
          best = new Nearest(cluster, distance);
        }
      }
    }
    return best;
  }

  /** Only the changed mean can have come near another, so only that one is compared. */
  private Cluster mergeNear(Cluster changed, List<Merge> merges) {
    Cluster current = changed;
    Nearest other = nearest(current.mean(), current.id());
    while (other != null && other.distance <= settings.mergeDistance()) {
      boolean currentStays = STRONGER.compare(current, other.cluster) <= 0;
      Cluster into = currentStays ? current : other.cluster;
      Cluster from = currentStays ? other.cluster : current;
      clusters.remove(from.id());
      current = Clusters.merge(into, from, settings);
      clusters.put(current.id(), current);
      merges.add(new Merge(from, current.id()));
      other = nearest(current.mean(), current.id());
    }
    return current;
  }

  private List<Cluster> evict(String except) {
    List<Cluster> gone = new ArrayList<>();
    while (clusters.size() > settings.maximumClusters()) {
      Cluster victim =
          clusters.values().stream()
              .filter(cluster -> !cluster.id().equals(except))
              .min(FIRST_TO_GO)
              .orElseThrow();
      clusters.remove(victim.id());
      gone.add(victim);
    }
    return gone;
  }

  private Cluster begin(Member member, float[] unit) {
    String id = id(member.eventId());
    for (int again = 2; clusters.containsKey(id); again++) {
      id = id(member.eventId() + "#" + again);
    }
    return Clusters.first(id, member, unit, settings);
  }

  private String id(String eventId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((scope + "\n" + eventId).getBytes(StandardCharsets.UTF_8));
      return "g-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
