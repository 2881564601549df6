package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AclsCommandTest {
  @Test
  void shouldPrintATable() {
    Cli cli = Cli.run("acls", "--topic-prefix=shop", "--application-id=shop-app");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern("ingest +User:nirvana-ingest +topic +shop.images +WRITE")
        .containsPattern(
            "processor +User:nirvana-processor +transactional id +shop-app-\\* +WRITE");
  }

  @Test
  void shouldPrintCallsOfKafkasTool() {
    Cli cli =
        Cli.run(
            "acls",
            "--component=ingest",
            "--principal=User:CN=camera",
            "--format=kafka-acls",
            "--bootstrap-servers=b:1");

    assertThat(cli.out().lines())
        .containsExactly(
            "# ingest sends images: nirvana ingest, or any camera",
            "kafka-acls.sh --bootstrap-server b:1 --command-config admin.properties --add"
                + " --allow-principal User:CN=camera --operation Write --topic nirvana.images");
  }

  @Test
  void shouldPrintJson() throws Exception {
    JsonNode acls =
        new ObjectMapper().readTree(Cli.run("acls", "--format=json", "--component=ingest").out());

    assertThat(acls).hasSize(1);
    assertThat(acls.get(0).path("name").asText()).isEqualTo("nirvana.images");
    assertThat(acls.get(0).path("operations").get(0).asText()).isEqualTo("WRITE");
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThat(Cli.run("acls", "--component=nobody").exitCode()).isEqualTo(2);
    assertThat(Cli.run("acls", "--component=nobody").err()).contains("dead-letters");
    assertThat(Cli.run("acls", "--format=xml").exitCode()).isEqualTo(2);
    assertThat(Cli.run("acls", "--principal=alice").err()).contains("User:NAME");
  }
}
