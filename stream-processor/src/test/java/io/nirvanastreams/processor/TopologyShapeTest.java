package io.nirvanastreams.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances of two versions of the program share the work only where both divide it in the same
 * way: same steps in the same order, same stores, same topics between them. State is found again by
 * the names of stores. {@code -Dnirvana.topology.write=true} writes the shapes.
 */
@Timeout(60)
class TopologyShapeTest {
  private static final Path SHAPES = Path.of("src", "test", "resources", "topology");

  private static final Pattern LIST = Pattern.compile("[\\w.-]+(?:, [\\w.-]+)+");

  @TempDir private Path folder;

  @Test
  void shouldDivideTheWorkAsTheReleasesBefore() throws IOException {
    compare("default.txt", Map.of());
  }

  @Test
  void shouldDivideTheWorkAsTheReleasesBeforeWithEveryOption() throws IOException {
    compare("every-option.txt", Map.of("alarms.enabled", "true", "consensus.frames", "3"));
  }

  @Test
  void shouldDivideTheWorkAsTheReleasesBeforeWithoutGauges() throws IOException {
    compare("no-gauges.txt", Map.of("gauge.events", "0"));
  }

  private void compare(String name, Map<String, String> settings) throws IOException {
    Path file = SHAPES.resolve(name);
    String shape;
    try (TestTopology topology = new TestTopology(folder, settings)) {
      shape = sorted(topology.shape) + "\n";
    }
    if (Boolean.getBoolean("nirvana.topology.write")) {
      Files.createDirectories(SHAPES);
      Files.writeString(file, shape);
    }
    assertThat(shape)
        .as(
            "the topology is not the one of %s: running processors cannot be replaced one after"
                + " the other any more, and state under other names is lost. If that is meant, say"
                + " so for this release in docs/operations.md, Upgrade (stop all, start the new"
                + " ones), and write the file with -Dtest=TopologyShapeTest"
                + " -Dnirvana.topology.write=true",
            file)
        .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }

  /** Kafka Streams gives lists of names in no order. */
  private static String sorted(String shape) {
    return LIST.matcher(shape.stripTrailing())
        .replaceAll(
            list -> Stream.of(list.group().split(", ", -1)).sorted().collect(joining(", ")));
  }
}
