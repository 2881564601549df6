package io.nirvanastreams.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.Models;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ModelPromotionsTest {
  private static final ModelVersion V1 = Models.version(1, "shirt", "bag");
  private static final ModelVersion V2 = Models.version(2, "shirt", "bag");
  private static final Instant NOW = Instant.ofEpochMilli(10_000);

  private Runnable readyWhen = () -> {};
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final ModelPromotions promotions =
      new ModelPromotions(
          new ControlProducer(kafka, Models.serdes("promotions")),
          Topics.withPrefix("p"),
          Clock.fixed(NOW, ZoneOffset.UTC),
          Duration.ofSeconds(2),
          (name, version) -> readyWhen.run());

  @Test
  void shouldTakeEffectAMarginFromNow() {
    Promotion promotion = promotions.promote(Models.NAME, 3, "better", "anna");

    assertThat(promotion.getRole()).isEqualTo(ModelRole.LIVE);
    assertThat(promotion.getEffectiveFrom()).isEqualTo(NOW.plusSeconds(2));
    assertThat(promotion.getDecidedAt()).isEqualTo(NOW);
    assertThat(kafka.history())
        .extracting(ProducerRecord::topic, ProducerRecord::key)
        .containsExactly(
            tuple("p.promotions", "clothes/3/prepared/10000"),
            tuple("p.promotions", "clothes/3/live/10000"));
  }

  @Test
  void shouldNotPromoteWhatTheProcessorsAreNotReadyFor() {
    readyWhen =
        () -> {
          assertThat(kafka.history())
              .extracting(ProducerRecord::key)
              .containsOnly("clothes/3/prepared/10000");
          throw new NotReadyException("camera/2 does not get ready");
        };

    assertThatThrownBy(() -> promotions.promote(Models.NAME, 3, "better", "anna"))
        .isInstanceOf(NotReadyException.class);

    assertThat(kafka.history())
        .extracting(ProducerRecord::key)
        .containsExactly("clothes/3/prepared/10000", "clothes/3/refused/10000");
  }

  @Test
  void shouldMakeACanaryOfSourcesAndEndIt() {
    Promotion canary = promotions.canary(Models.NAME, 3, List.of("door"), 0.1, "try", "anna");
    promotions.end(Models.NAME, 3, "enough", "anna");

    assertThat(canary.getSources()).containsExactly("door");
    assertThat(canary.getShare()).isEqualTo(0.1);
    assertThat(canary.getEffectiveFrom()).isEqualTo(NOW.plusSeconds(2));
    assertThat(kafka.history())
        .extracting(ProducerRecord::key)
        .containsExactly(
            "clothes/3/prepared/10000", "clothes/3/canary/10000", "clothes/3/retired/10000");
  }

  @Test
  void shouldMakeAShadowAtOnce() {
    Promotion shadow = promotions.shadow(Models.NAME, 3, 0.2, "try", "anna");

    assertThat(shadow.getEffectiveFrom()).isEqualTo(NOW);
    assertThat(shadow.getShare()).isEqualTo(0.2);
    assertThatThrownBy(() -> promotions.shadow(Models.NAME, 3, 1.2, "try", "anna"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 0 and 1, was 1.2");
  }

  @Test
  void shouldRollBackToTheVersionBefore() {
    ModelCatalogue catalogue =
        Models.catalogue(List.of(V1, V2), Models.live(1, 1_000), Models.live(2, 5_000));

    assertThat(promotions.rollback(catalogue, Models.NAME, "worse", "anna").getVersion())
        .isEqualTo(1);
  }

  @Test
  void shouldNotRollBackWithoutAnEarlierVersion() {
    assertThatThrownBy(
            () ->
                promotions.rollback(
                    Models.catalogue(List.of(V1), Models.live(1, 1_000)),
                    Models.NAME,
                    "worse",
                    "anna"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no earlier version");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldNotRollBackToAVersionThatIsNotWhole() {
    ModelCatalogue catalogue =
        Models.catalogue(List.of(V2), Models.live(1, 1_000), Models.live(2, 5_000));

    assertThatThrownBy(() -> promotions.rollback(catalogue, Models.NAME, "worse", "anna"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clothes/1");
    assertThat(kafka.history()).isEmpty();
  }
}
