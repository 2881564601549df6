package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The recipes that come with the product, by name. Stateless. */
public final class NamedRecipes {
  private static final String SUFFIX = ".properties";
  private static final List<String> NAMES =
      List.of(
          "mnist",
          "mnist-small",
          "fashion-mnist",
          "svhn",
          "cifar10",
          "cifar10-small",
          "cifar+10",
          "cifar+50",
          "tiny-imagenet",
          "closed-set-cifar10",
          "closed-set-cifar10-small",
          "closed-set-cifar100",
          "dam-cifar100-20-u24",
          "dam-cifar100-20-u1000",
          "picture-default",
          "picture-hinge",
          "picture-softmax",
          "noisy-background",
          "noisy-background-small",
          "incremental-mnist",
          "incremental-fashion-mnist",
          "faces");

  private NamedRecipes() {}

  /** All names. */
  public static List<String> names() {
    return NAMES;
  }

  /** The name without folders and ending, for a recipe file of the user's. */
  public static String plain(String nameOrFile) {
    String last = Path.of(nameOrFile).getFileName().toString();
    return last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
  }

  /**
   * The settings of a recipe, as values for {@code --recipe}.
   *
   * @throws UsageException when there is neither a recipe nor a file of the name
   */
  public static List<String> settings(String nameOrFile) {
    if (!NAMES.contains(nameOrFile)) {
      if (!Files.isRegularFile(Path.of(nameOrFile))) {
        throw new UsageException(
            "no experiment or recipe file is called '" + nameOrFile + "'; there are " + NAMES);
      }
      return List.of(nameOrFile);
    }
    Properties recipe = new Properties();
    try (InputStream stream =
            NamedRecipes.class.getResourceAsStream("/recipes/" + nameOrFile + SUFFIX);
        InputStreamReader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      recipe.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe " + nameOrFile + " is not in the jar", e);
    }
    return recipe.stringPropertyNames().stream()
        .sorted()
        .map(key -> key + "=" + recipe.getProperty(key))
        .toList();
  }
}
