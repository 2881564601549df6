package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** deploy/strimzi against Strimzi's own definitions and the program's own lists. */
class StrimziTest {
  private static final Path FOLDER = Path.of("strimzi").toAbsolutePath();

  private static CustomResources definitions;

  @BeforeAll
  static void load() throws IOException {
    definitions = CustomResources.load();
    if (Boolean.getBoolean("strimzi.write")) {
      Files.writeString(FOLDER.resolve("topics.yaml"), new StrimziFiles().topics());
      Files.writeString(FOLDER.resolve("users.yaml"), new StrimziFiles().users());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka.yaml", "topics.yaml", "users.yaml"})
  void shouldHaveOnlyWhatStrimziTakes(String file) {
    List<JsonNode> documents = CustomResources.documents(FOLDER.resolve(file));

    assertThat(documents).isNotEmpty();
    for (JsonNode document : documents) {
      assertThat(definitions.objections(document))
          .as(document.path("kind").asString() + " " + document.at("/metadata/name").asString())
          .isEmpty();
    }
  }

  @Test
  void shouldNoticeWhatStrimziDoesNotTake() {
    ObjectNode user =
        (ObjectNode) CustomResources.documents(FOLDER.resolve("users.yaml")).get(0).deepCopy();
    ObjectNode spec = (ObjectNode) user.path("spec");
    spec.put("partitons", 3);
    ((ObjectNode) spec.path("authentication")).put("type", "password");

    assertThat(definitions.objections(user)).hasSize(2);
  }

  @Test
  void shouldHaveTheTopicsOfTheCatalogue() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("topics.yaml")))
        .isEqualTo(new StrimziFiles().topics());
  }

  @Test
  void shouldHaveTheRightsThatComponentsNeed() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("users.yaml")))
        .isEqualTo(new StrimziFiles().users())
        .contains("type: transactionalId");
  }
}
