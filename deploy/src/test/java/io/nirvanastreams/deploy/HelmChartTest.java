package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.cli.CommandLineFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm itself renders it, held against the Kubernetes model. */
class HelmChartTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARGUMENTS = "/spec/template/spec/containers/0/args";

  /** All that can be switched on. */
  private static final Map<String, String> EVERYTHING =
      Map.ofEntries(
          Map.entry("trainer.enabled", "true"),
          Map.entry("trainer.dataClaim", "photos"),
          Map.entry("trainer.dataPath", "clothes"),
          Map.entry("trainer.signingKeySecret", "signing-key"),
          Map.entry("trainer.gpus", "1"),
          Map.entry("processor.gpus", "1"),
          Map.entry("processor.autoscaling.enabled", "true"),
          Map.entry("kafka.configSecret", "kafka-client"),
          Map.entry("kafka.configSecrets.alerts", "kafka-alerts"),
          Map.entry("kafka.configSecrets.operator", "kafka-operator"),
          Map.entry("model.environmentSecret", "s3-credentials"),
          Map.entry("alerts.enabled", "true"),
          Map.entry("alerts.webhookSecret", "hook"),
          Map.entry("alerts.mqtt.url", "mqtts://mqtt.example.org:8883"),
          Map.entry("alerts.mqtt.user", "cameras"),
          Map.entry("alerts.mqtt.passwordSecret", "mqtt-password"),
          Map.entry("alerts.mqtt.caSecret", "mqtt-ca"),
          Map.entry("watch.enabled", "true"),
          Map.entry("watch.rules.minimum\\.images", "200"),
          Map.entry("kafka.configSecrets.watch", "kafka-watch"),
          Map.entry("console.ingress.enabled", "true"),
          Map.entry("console.ingress.host", "cameras.example.org"),
          Map.entry("console.ingress.tlsSecret", "cameras-tls"));

  @Test
  void shouldPassHelmsOwnLint() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

    assertThat(result.getMessages()).noneMatch(message -> message.contains("[ERROR]"));
    assertThat(result.isFailed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.bootstrapServers",
        "schemaRegistry.url",
        "console.tokensSecret",
        "model.trustedKeysSecret"
      })
  void shouldSayWhichValueIsMissing(String missing) {
    Map<String, String> values = new HashMap<>(Chart.NEEDED);
    values.remove(missing);

    assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(missing + " is needed");
  }

  @Test
  void shouldHaveOnlyFieldsThatKubernetesKnows() {
    for (HasMetadata object : Chart.objects(everything())) {
      if (!(object instanceof GenericKubernetesResource)) {
        // What the model has no field for comes back among the further properties: fields lost
        // on the way through the typed model were unknown.
        assertThat(unknown(object)).as(object.getKind()).isEmpty();
      }
    }
  }

  @Test
  void shouldRunEveryPodWithoutPrivileges() {
    int pods = 0;
    for (HasMetadata object : Chart.objects(everything())) {
      JsonNode pod = JSON.valueToTree(object).at("/spec/template/spec");
      if (pod.isMissingNode()) {
        continue;
      }
      pods++;
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.path("enableServiceLinks").asBoolean(true))
          .as("a service named nirvana-kafka-bootstrap sets NIRVANA_KAFKA_BOOTSTRAP_PORT")
          .isFalse();
      for (JsonNode container : pod.path("containers")) {
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
            .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
      }
    }
    assertThat(pods).isEqualTo(6);
  }

  @Test
  void shouldGiveTheProgramOptionsThatItHas() {
    int called = 0;
    for (HasMetadata object : Chart.objects(everything())) {
      for (JsonNode container : JSON.valueToTree(object).at("/spec/template/spec/containers")) {
        List<String> arguments = new ArrayList<>();
        container.path("args").forEach(argument -> arguments.add(argument.asText()));
        assertThatCode(
                () ->
                    CommandLineFactory.create(Nirvana.COMMANDS)
                        .parseArgs(arguments.toArray(String[]::new)))
            .as(object.getMetadata().getName())
            .doesNotThrowAnyException();
        called++;
      }
    }
    assertThat(called).isEqualTo(6);
  }

  @Test
  void shouldForwardAlertsWithSecretsOutOfArguments() {
    JsonNode alerts = only(everything(), "Deployment", "cam-alerts");

    assertThat(alerts.at(ARGUMENTS).toString())
        .contains("--webhook-secret-file=/etc/nirvana/webhook/secret", "--mqtt-user=cameras")
        .contains("--mqtt-password-file=/etc/nirvana/mqtt/password")
        .doesNotContain("--webhook=");
    assertThat(alerts.at("/spec/template/spec/containers/0/env").toString())
        .contains("\"name\":\"NIRVANA_WEBHOOK\"", "\"key\":\"url\"");
    Map<String, String> nowhere = new HashMap<>(Chart.NEEDED);
    nowhere.put("alerts.enabled", "true");
    assertThatThrownBy(() -> Chart.render(nowhere))
        .hasMessageContaining("alerts.webhookSecret or alerts.mqtt.url is needed");
  }

  @Test
  void shouldHaveOneWatchDecideByTheRules() {
    JsonNode watch = only(everything(), "Deployment", "cam-watch");

    assertThat(watch.at(ARGUMENTS).toString())
        .contains("[\"models\",\"watch\",\"default\"", "--rule=minimum.images=200");
    assertThat(watch.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(watch.at("/spec/strategy/type").asText())
        .as("two would decide twice")
        .isEqualTo("Recreate");
    assertThat(Chart.render(Chart.NEEDED)).doesNotContain("cam-watch");
  }

  @Test
  void shouldGiveAComponentItsOwnUserWhereOneIsNamed() {
    assertThat(client("StatefulSet", "cam-processor")).isEqualTo("kafka-client");
    assertThat(client("Deployment", "cam-console")).isEqualTo("kafka-client");
    assertThat(client("Deployment", "cam-alerts")).isEqualTo("kafka-alerts");
    assertThat(client("Deployment", "cam-watch")).isEqualTo("kafka-watch");
    assertThat(client("Job", "cam-topics-1")).isEqualTo("kafka-operator");
  }

  @Test
  void shouldKeepAProcessorsIdentityOverRestarts() {
    JsonNode set = only(everything(), "StatefulSet", "cam-processor");

    assertThat(set.at("/spec/template/spec/containers/0/args").toString())
        .contains("--instance-id=$(POD_NAME)", "--state-dir=/var/lib/nirvana/state");
    assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText()).isEqualTo("state");
    assertThat(set.at("/spec/template/spec/terminationGracePeriodSeconds").asInt())
        .isGreaterThanOrEqualTo(45);
  }

  @Test
  void shouldTakeKeysFromSecretsOnly() {
    JsonNode processor = only(everything(), "StatefulSet", "cam-processor");
    JsonNode trainer = only(everything(), "StatefulSet", "cam-trainer");

    assertThat(processor.at(ARGUMENTS).toString())
        .contains("--trusted-keys=/etc/nirvana/trusted/trusted.pem")
        .doesNotContain("--allow-unsigned");
    assertThat(processor.toString()).doesNotContain("signing-key");
    assertThat(trainer.at(ARGUMENTS).toString())
        .contains("--signing-key=/etc/nirvana/signing/signing.pem");
    assertThat(trainer.at("/spec/template/spec/volumes").toString())
        .contains("\"secretName\":\"signing-key\"", "\"secretName\":\"trusted-keys\"");
  }

  @Test
  void shouldAnswerWithUnsignedModelsOnlyWhenAskedTo() {
    Map<String, String> values = everything();
    values.keySet().removeAll(List.of("model.trustedKeysSecret", "trainer.signingKeySecret"));
    values.put("model.allowUnsigned", "true");

    assertThat(only(values, "StatefulSet", "cam-processor").at(ARGUMENTS).toString())
        .contains("--allow-unsigned")
        .doesNotContain("--trusted-keys");
    assertThat(only(values, "StatefulSet", "cam-trainer").at(ARGUMENTS).toString())
        .contains("\"--unsigned\"");
    values.put("model.allowUnsigned", "false");
    values.put("model.trustedKeysSecret", "trusted-keys");
    assertThatThrownBy(() -> Chart.render(values))
        .hasMessageContaining("trainer.signingKeySecret is needed");
  }

  @Test
  void shouldAskForGpusAndTheirImageTogether() {
    JsonNode container =
        only(everything(), "StatefulSet", "cam-processor").at("/spec/template/spec/containers/0");

    assertThat(container.path("image").asText()).endsWith("processor:latest-cuda");
    assertThat(container.at("/resources/limits").toString()).contains("nvidia.com/gpu");
    assertThat(container.at("/resources/limits").toString()).contains("memory");
  }

  @Test
  void shouldScaleOnTheLagOfTheProcessorsOwnGroup() {
    JsonNode scaled = only(everything(), "ScaledObject", "cam-processor");

    assertThat(scaled.at("/spec/triggers/0/metadata/consumerGroup").asText())
        .isEqualTo("nirvana-processor");
    assertThat(scaled.at("/spec/triggers/0/metadata/topic").asText()).isEqualTo("nirvana.images");
    JsonNode set = only(everything(), "StatefulSet", "cam-processor");
    assertThat(set.at("/spec").has("replicas"))
        .as("a fixed size would undo what the scaler does")
        .isFalse();
  }

  @Test
  void shouldScaleOnTheGroupThatTheProcessorJoins() {
    Map<String, String> values = everything();
    values.put("kafka.topicPrefix", "shop");
    assertThat(group(values))
        .as("the application's id does not follow the topics' prefix")
        .isEqualTo("nirvana-processor");

    values.put("processor.settings.application\\.id", "shop-cameras");
    assertThat(group(values)).isEqualTo("shop-cameras");
  }

  @Test
  void shouldKeepTheIngressAndTheTrainerOffUntilAskedFor() {
    assertThat(Chart.objects(Chart.NEEDED))
        .extracting(HasMetadata::getKind)
        .doesNotContain("Ingress", "ScaledObject")
        .contains("NetworkPolicy", "PodDisruptionBudget", "Job");
    assertThat(Chart.render(Chart.NEEDED)).doesNotContain("cam-trainer");
  }

  @Test
  void shouldWriteNumbersOfAValuesFileInFull(@TempDir Path folder) throws IOException {
    Path values = folder.resolve("values.yaml");
    Files.writeString(
        values,
        """
        processor: {settings: {some.bytes: 8388608, some.share: 0.25, some.switch: true}}
        watch: {enabled: true, rules: {minimum.images: 1000000}}
        """);

    assertThat(Chart.render(Chart.NEEDED, values))
        .contains("--setting=some.bytes=8388608\"", "--setting=some.share=0.25\"")
        .contains("--setting=some.switch=true\"", "--rule=minimum.images=1000000\"");
  }

  @Test
  void shouldNameObjectsAsKubernetesTakesThem() {
    assertThat(Chart.render("my.cameras", Chart.NEEDED))
        .contains("name: my-cameras-processor")
        .doesNotContain("name: my.cameras");
  }

  @Test
  void shouldCreateTopicsOnAClusterThatComesLater() {
    JsonNode job = only(everything(), "Job", "cam-topics-1");

    assertThat(job.at("/spec/backoffLimit").asInt()).isGreaterThanOrEqualTo(10);
    assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isGreaterThanOrEqualTo(1800);
  }

  private static String group(Map<String, String> values) {
    return only(values, "ScaledObject", "cam-processor")
        .at("/spec/triggers/0/metadata/consumerGroup")
        .asText();
  }

  private static String client(String kind, String name) {
    for (JsonNode volume : only(everything(), kind, name).at("/spec/template/spec/volumes")) {
      if (volume.path("name").asText().equals("kafka-config")) {
        return volume.at("/secret/secretName").asText();
      }
    }
    return "";
  }

  private static Map<String, String> everything() {
    Map<String, String> values = new HashMap<>(Chart.NEEDED);
    values.putAll(EVERYTHING);
    return values;
  }

  private static JsonNode only(Map<String, String> values, String kind, String name) {
    return Chart.objects(values).stream()
        .filter(object -> object.getKind().equals(kind))
        .filter(object -> object.getMetadata().getName().equals(name))
        .<JsonNode>map(JSON::valueToTree)
        .findFirst()
        .orElseThrow();
  }

  /** Names of fields that a typed object carries without having a place for them. */
  private static List<String> unknown(Object object) {
    List<String> unknown = new ArrayList<>();
    collect(object, object.getClass().getSimpleName(), unknown);
    return unknown;
  }

  private static void collect(Object object, String path, List<String> unknown) {
    if (object instanceof Iterable<?> many) {
      many.forEach(one -> collect(one, path, unknown));
      return;
    }
    if (object == null || !object.getClass().getName().startsWith("io.fabric8.kubernetes.api")) {
      return;
    }
    for (var method : object.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && method.getName().startsWith("get")
          && !method.getName().equals("getClass")) {
        Object value;
        try {
          value = method.invoke(object);
        } catch (ReflectiveOperationException e) {
          continue; // a shortcut that needs what is not set
        }
        if (method.getName().equals("getAdditionalProperties") && value instanceof Map<?, ?> more) {
          more.keySet().forEach(key -> unknown.add(path + "." + key));
        } else {
          collect(value, path + "." + method.getName().substring(3), unknown);
        }
      }
    }
  }
}
