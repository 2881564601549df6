package io.nirvanastreams.app.alerts;

import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AlertKind;
import java.time.Instant;

/** Alerts that tests send. */
final class Alerts {
  private Alerts() {}

  static Alert born(String groupId) {
    return Alert.newBuilder()
        .setGroupId(groupId)
        .setScope("default")
        .setKind(AlertKind.BORN)
        .setSize(8)
        .setRaisedAt(Instant.parse("2026-01-01T12:00:00Z"))
        .setMessage("Something new in " + groupId + ".")
        .build();
  }

  static AlertMessage message(String id, String groupId) {
    return AlertMessage.of(id, born(groupId), AlertMessage.Group.UNKNOWN);
  }
}
