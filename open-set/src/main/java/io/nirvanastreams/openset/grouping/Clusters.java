package io.nirvanastreams.openset.grouping;

import java.util.List;
import java.util.stream.Stream;

/** How clusters change; each method gives a new one. */
final class Clusters {

  private Clusters() {}

  static Cluster first(String id, Member member, float[] unit, GroupingSettings settings) {
    return new Cluster(
        id,
        1,
        unit,
        member.timeMillis(),
        member.timeMillis(),
        limited(List.of(member.eventId()), List.of(), settings),
        false,
        List.of(member));
  }

  static Cluster join(Cluster cluster, Member member, float[] unit, GroupingSettings settings) {
    return new Cluster(
        cluster.id(),
        cluster.size() + 1,
        weighted(cluster.mean(), cluster.size(), unit, 1),
        Math.min(cluster.firstSeen(), member.timeMillis()),
        Math.max(cluster.lastSeen(), member.timeMillis()),
        limited(cluster.exemplars(), List.of(member.eventId()), settings),
        cluster.born(),
        both(cluster.waiting(), List.of(member)));
  }

  static Cluster merge(Cluster into, Cluster from, GroupingSettings settings) {
    return new Cluster(
        into.id(),
        into.size() + from.size(),
        weighted(into.mean(), into.size(), from.mean(), from.size()),
        Math.min(into.firstSeen(), from.firstSeen()),
        Math.max(into.lastSeen(), from.lastSeen()),
        limited(into.exemplars(), from.exemplars(), settings),
        into.born(),
        both(into.waiting(), from.waiting()));
  }

  /** As a group whose members so far are all reported. */
  static Cluster reported(Cluster cluster) {
    return new Cluster(
        cluster.id(),
        cluster.size(),
        cluster.mean(),
        cluster.firstSeen(),
        cluster.lastSeen(),
        cluster.exemplars(),
        true,
        List.of());
  }

  private static float[] weighted(float[] a, long weightA, float[] b, long weightB) {
    double share = (double) weightB / (weightA + weightB);
    float[] mean = new float[a.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (a[i] + ((double) b[i] - a[i]) * share);
    }
    return mean;
  }

  private static List<String> limited(
      List<String> first, List<String> then, GroupingSettings settings) {
    return Stream.concat(first.stream(), then.stream()).limit(settings.exemplars()).toList();
  }

  private static <T> List<T> both(List<T> first, List<T> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
