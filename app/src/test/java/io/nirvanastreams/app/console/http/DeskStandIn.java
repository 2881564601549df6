package io.nirvanastreams.app.console.http;

import io.nirvanastreams.app.console.feed.Promotions;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is decided, or fails as it is told to. */
final class DeskStandIn implements Promotions {
  static final Instant EFFECTIVE = Instant.parse("2026-01-01T12:00:02Z");

  final List<LabelAssigned> labels = new CopyOnWriteArrayList<>();
  final List<Promotion> promotions = new CopyOnWriteArrayList<>();
  final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
  volatile RuntimeException failure;

  Desk desk() {
    return new Desk(this::label, this, audit::add);
  }

  private void label(LabelAssigned label) {
    failIfToldTo();
    labels.add(label);
  }

  @Override
  public Promotion promote(String name, int version, String reason, String author) {
    failIfToldTo();
    Promotion promotion =
        Promotion.newBuilder()
            .setName(name)
            .setVersion(version)
            .setRole(ModelRole.LIVE)
            .setEffectiveFrom(EFFECTIVE)
            .setReason(reason)
            .setAuthor(author)
            .build();
    promotions.add(promotion);
    return promotion;
  }

  @Override
  public Promotion rollBack(String name, String reason, String author) {
    return promote(name, 1, reason, author);
  }

  private void failIfToldTo() {
    if (failure != null) {
      throw failure;
    }
  }
}
