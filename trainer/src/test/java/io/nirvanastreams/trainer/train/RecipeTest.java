package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void shouldKeepEverySettingInItsText() {
    Map<String, String> changes = new HashMap<>();
    changes.put("loss", "open-set");
    changes.put("margin", "0.5");
    changes.put("background-vertices", "4");
    changes.put("old-classes", "6");
    changes.put("old-weight", "2.5");
    changes.put("old-lead", "0.25");
    changes.put("background", "mixed");
    changes.put("background-share", "1.0");
    changes.put("background-weight", "0.3");
    changes.put("early-stop", "5");
    changes.put("optimiser", "adam");
    changes.put("momentum", "0.8");
    changes.put("weight-decay", "0.01");
    changes.put("clip-norm", "2.5");
    changes.put("ema", "0.999");
    changes.put("schedule", "step");
    changes.put("learning-rate", "0.001");
    changes.put("warm-up", "3");
    changes.put("step-epochs", "7");
    changes.put("step-factor", "0.2");
    changes.put("crop", "2");
    changes.put("flip", "true");
    changes.put("resized-crop", "0.5");
    changes.put("rand-augment", "2,9");
    changes.put("mixup", "0.2");
    changes.put("cutmix", "1.0");

    Recipe changed = recipe.with(changes);

    assertThat(changed.toMap()).containsAllEntriesOf(changes);
    assertThat(Recipe.fromMap(changed.toMap())).isEqualTo(changed);
    assertThat(recipe.with(Map.of("loss", "softmax", "label-smoothing", "0.1")).toMap())
        .containsEntry("label-smoothing", "0.1");
  }

  @Test
  void shouldReadRecipesOfTheFirstRelease() {
    Map<String, String> old = new HashMap<>(recipe.toMap());
    old.keySet()
        .removeAll(
            Set.of(
                "background-vertices",
                "label-smoothing",
                "old-classes",
                "old-weight",
                "old-lead",
                "early-stop",
                "optimiser",
                "clip-norm",
                "ema",
                "schedule",
                "warm-up",
                "step-epochs",
                "step-factor"));

    old.keySet().removeAll(AugmentationSettings.OFF.keySet());

    assertThat(old).hasSize(16);
    assertThat(Recipe.fromMap(old)).isEqualTo(recipe);
  }

  @Test
  void shouldShortenTheWarmUpWithTheRun() {
    Recipe warm = recipe.with(Map.of("warm-up", "5", "epochs", "100"));

    assertThat(warm.lasting(2).schedule().warmUp()).isEqualTo(1);
    assertThat(warm.lasting(2).epochs()).isEqualTo(2);
    assertThat(warm.forFineTuning(3).schedule().warmUp()).isZero();
    assertThat(warm.forFineTuning(3).epochs()).isEqualTo(5);
    assertThat(warm.forFineTuning(3).schedule().learningRate())
        .isEqualTo(warm.schedule().learningRate());
  }

  @Test
  void shouldForgetWhatWasOldWhenItIsFineTunedAgain() {
    Recipe weighted = recipe.forFineTuning(6).with(new OldClasses(6, 4));

    assertThat(weighted.toMap())
        .containsEntry("old-weight", "4.0")
        .containsEntry("old-classes", "6");
    assertThat(weighted.forFineTuning(7).loss().old()).isEqualTo(new OldClasses(7, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "background-vertices, 2, background-vertices is for",
    "background-vertices, -1, background-vertices",
    "label-smoothing, 0.1, label-smoothing is for",
    "label-smoothing, 1, label-smoothing cannot be 1",
    "old-classes, -1, old-classes",
    "old-weight, 2, old-weight is for fine-tuning",
    "old-weight, 0, old-weight",
    "old-lead, 0.1, old-lead is for fine-tuning",
    "old-lead, 1, old-lead",
    "early-stop, -1, early-stop",
    "optimiser, adamw, optimiser cannot be 'adamw'",
    "clip-norm, -1, clip-norm",
    "clip-norm, Infinity, clip-norm",
    "ema, 1, ema",
    "schedule, line, schedule cannot be 'line'",
    "warm-up, 8, warm-up",
    "step-epochs, 0, step-epochs",
    "step-factor, 0, step-factor",
    "learning-rate, NaN, learning-rate"
  })
  void shouldRefuseSettingsOutsideTheirRange(String name, String value, String message) {
    assertThatThrownBy(() -> recipe.with(Map.of(name, value))).hasMessageContaining(message);
  }

  @Test
  void shouldRefuseToAverageAgainstMovingCentres() {
    assertThatThrownBy(() -> recipe.with(Map.of("loss", "hypersphere", "ema", "0.9")))
        .hasMessageContaining("ema");
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
