package io.nirvanastreams.app.management;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a component is, in the three questions that container platforms ask. Immutable.
 *
 * @param started whether it finished starting; never false again after that
 * @param live whether it can still do its work without being restarted
 * @param ready whether it does its work now
 * @param details what the answers rest on, for people
 */
public record Health(boolean started, boolean live, boolean ready, Map<String, String> details) {
  /** Copies the details, in the order of their names. */
  public Health {
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** The same, ready only while the cluster answers: nothing is done without it. */
  public Health needing(ClusterWatch cluster) {
    Map<String, String> more = new TreeMap<>(details);
    more.put("kafka", cluster.describe());
    return new Health(started, live, ready && cluster.reachable(), more);
  }

  /** A component that is up and at work. */
  public static Health up(Map<String, String> details) {
    return new Health(true, true, true, details);
  }
}
