package io.nirvanastreams.processor.group;

import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AlertKind;
import io.nirvanastreams.schemas.GroupState;
import java.time.Instant;
import java.util.Locale;

/**
 * When something about the unknowns wants a person. The cooldown counts from the last alert that
 * was sent, not from the last that was due, so that steady growth is still heard of. Stateless.
 */
final class Alerts {
  private final GroupingOptions options;

  Alerts(GroupingOptions options) {
    this.options = options;
  }

  /** The alert about a group that an unknown joined; null when there is none. */
  Alert about(String scope, TrackedGroup group, boolean born, long timeMillis) {
    if (group.state() != GroupState.OPEN || !group.cluster().born()) {
      return null;
    }
    long size = group.cluster().size();
    if (born) {
      return alert(
          scope,
          group.cluster().id(),
          AlertKind.BORN,
          size,
          timeMillis,
          size + " unknown images look alike: a new group");
    }
    boolean doubled = size >= 2 * group.alertedSize();
    boolean cool = timeMillis - group.alertedAt() >= options.cooldown().toMillis();
    if (!doubled || !cool) {
      return null;
    }
    return alert(
        scope,
        group.cluster().id(),
        AlertKind.GROWING,
        size,
        timeMillis,
        "the group grew from " + group.alertedSize() + " to " + size + " images");
  }

  /** The alert about the scope's current window; null when there is none. */
  Alert flood(String scope, ScopeState state, long timeMillis) {
    GroupingOptions.Flood flood = options.flood();
    boolean cool =
        state.floodAlertedAt() == Long.MIN_VALUE
            || timeMillis - state.floodAlertedAt() >= options.cooldown().toMillis();
    double share = (double) state.unknowns() / state.answers();
    if (!cool || state.answers() < flood.minimum() || share < flood.share()) {
      return null;
    }
    return alert(
        scope,
        "",
        AlertKind.FLOOD,
        state.unknowns(),
        timeMillis,
        String.format(
            Locale.ROOT,
            "%d of %d images in %d s are unknown: look at the camera or the model",
            state.unknowns(),
            state.answers(),
            flood.window().toSeconds()));
  }

  private static Alert alert(
      String scope, String groupId, AlertKind kind, long size, long timeMillis, String message) {
    return Alert.newBuilder()
        .setGroupId(groupId)
        .setScope(scope)
        .setKind(kind)
        .setSize(size)
        .setRaisedAt(Instant.ofEpochMilli(timeMillis))
        .setMessage(message)
        .build();
  }
}
