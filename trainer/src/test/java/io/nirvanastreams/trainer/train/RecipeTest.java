package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private final Recipe recipe = Recipe.forImages(new InputShape(1, 28, 28));

  @Test
  void shouldComeBackFromItsText() {
    Recipe changed =
        recipe.with(
            Map.of(
                "network.channels", "8,16",
                "loss", "open-set-authors",
                "background", "given",
                "ramp", "true",
                "learning-rate", "0.003"));

    assertThat(Recipe.fromMap(changed.toMap())).isEqualTo(changed);
    assertThat(changed.networkOptions()).containsEntry("channels", "8,16");
    assertThat(changed.loss().kind()).isEqualTo(LossSettings.Kind.OPEN_SET_AUTHORS);
  }

  @Test
  void shouldAugmentColourOnly() {
    Recipe colour = Recipe.forImages(new InputShape(3, 32, 32));

    assertThat(recipe.augmentation().crop()).isZero();
    assertThat(recipe.augmentation().flip()).isFalse();
    assertThat(colour.augmentation().crop()).isEqualTo(4);
    assertThat(colour.augmentation().flip()).isTrue();
  }

  @Test
  void shouldNameWhatItCannotUse() {
    assertThatThrownBy(() -> recipe.with(Map.of("epoch", "3"))).hasMessageContaining("[epoch]");
    assertThatThrownBy(() -> recipe.with(Map.of("epochs", "many")))
        .hasMessageContaining("epochs cannot be 'many'");
    assertThatThrownBy(() -> recipe.with(Map.of("momentum", "1"))).hasMessageContaining("momentum");
    assertThatThrownBy(() -> recipe.with(Map.of("flip", "yes"))).hasMessageContaining("flip");
    Map<String, String> lacking = new HashMap<>(recipe.toMap());
    lacking.remove("expand");
    assertThatThrownBy(() -> Recipe.fromMap(lacking)).hasMessageContaining("lacks 'expand'");
  }
}
