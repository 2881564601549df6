package io.nirvanastreams.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pages say what the code does. {@code -Dnirvana.docs.write=true} writes them. */
class ReferencePagesTest {
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir private Path folder;

  @Test
  void shouldHaveEveryMetricOnItsPage() throws IOException {
    compare("metrics.md", MetricsPage.write(folder));
  }

  @Test
  void shouldHaveEverySettingOnItsPage() throws IOException {
    compare("configuration.md", ConfigurationPage.write());
  }

  private static void compare(String name, String page) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("nirvana.docs.write")) {
      Files.writeString(file, page);
    }
    assertThat(file)
        .as("docs/%s is stale; write it with -Dnirvana.docs.write=true", name)
        .hasContent(page);
  }
}
