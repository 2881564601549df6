package io.nirvanastreams.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.experiment.NamedRecipes;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.train.BackgroundSettings;
import io.nirvanastreams.trainer.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeArgumentsTest {
  private static final Path RECIPES = Path.of("..", "recipes");
  private static final Recipe DEFAULTS = Recipe.forImages(new InputShape(3, 32, 32));

  @TempDir private Path folder;

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void shouldReadEveryRecipeOfTheRepository(Path file) {
    RecipeArguments arguments = RecipeArguments.parse(List.of(file.toString()));

    Recipe recipe = arguments.over(DEFAULTS);

    assertThat(recipe.toMap()).containsKeys(arguments.recipe().keySet().toArray(String[]::new));
    String name = file.getFileName().toString();
    if (name.startsWith("fashion")) {
      assertThat(arguments.splits().splits()).hasSize(5);
      assertThat(recipe.background().kind()).isEqualTo(BackgroundSettings.Kind.ROTATED);
    } else if (name.matches("(mnist|svhn|cifar|tiny|noisy).*")) {
      assertThat(arguments.splits().splits()).hasSize(5);
      assertThat(recipe.background().kind()).isEqualTo(BackgroundSettings.Kind.GIVEN);
      assertThat(arguments.splits().splits().get(0).size())
          .isLessThanOrEqualTo(recipe.dimension() + 1);
    } else if (name.startsWith("incremental")) {
      assertThat(arguments.experiment()).containsKey(RecipeArguments.ADD);
      assertThat(arguments.options()).containsKey("classes");
    } else {
      assertThat(recipe.background().kind()).isEqualTo(BackgroundSettings.Kind.NONE);
    }
  }

  @Test
  void shouldHaveARecipeForEveryExperiment() throws IOException {
    assertThat(recipes().stream().map(file -> NamedRecipes.plain(file.toString())))
        .containsExactlyInAnyOrderElementsOf(NamedRecipes.names());
  }

  @Test
  void shouldTakeFilesAndSettingsInTheirOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("r"), "epochs=5\ncrop=1\nseed=7\nalpha=0.1\n");

    RecipeArguments arguments =
        RecipeArguments.parse(List.of("crop=2", file.toString(), "epochs=6", "seed=8"));

    assertThat(arguments.over(DEFAULTS).epochs()).isEqualTo(6);
    assertThat(arguments.over(DEFAULTS).augmentation().crop()).isEqualTo(1);
    assertThat(arguments.options()).containsEntry("seed", "8").containsEntry("alpha", "0.1");
    assertThat(arguments.splits()).isNull();
  }

  @Test
  void shouldTakeAPathForABackground() {
    RecipeArguments named = RecipeArguments.parse(List.of("background=data/random"));

    assertThat(named.background()).isEqualTo("data/random");
    assertThat(named.over(DEFAULTS).background().kind()).isEqualTo(BackgroundSettings.Kind.GIVEN);
    assertThat(RecipeArguments.parse(List.of("background=mixed")).background()).isNull();
  }

  @Test
  void shouldNameWhatItCannotUse() {
    assertUnusable("epoch=3", "[epoch]");
    assertUnusable("epochs=many", "epochs cannot be 'many'");
    assertUnusable("splits=splits_1999/mnist", "'splits_1999/mnist'");
    assertUnusable("/no/such/recipe", "/no/such/recipe");
  }

  private static void assertUnusable(String value, String message) {
    assertThatThrownBy(() -> RecipeArguments.parse(List.of(value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
