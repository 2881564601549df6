package io.nirvanastreams.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The Helm chart of this repository, rendered with values as an operator would give them. */
final class Chart {
  static final Path FOLDER = Path.of("helm/nirvana-streams").toAbsolutePath();

  /** The least that an installation has to say. */
  static final Map<String, String> NEEDED =
      Map.of(
          "kafka.bootstrapServers", "broker:9092",
          "schemaRegistry.url", "http://registry/apis/ccompat/v7",
          "model.trustedKeysSecret", "trusted-keys",
          "console.tokensSecret", "console-tokens");

  private Chart() {}

  /** What would be sent to the cluster, as text; files go below the values. */
  static String render(Map<String, String> values, Path... files) {
    return render("cam", values, files);
  }

  /** The same for an installation of another name. */
  static String render(String name, Map<String, String> values, Path... files) {
    TemplateCommand template = new Helm(FOLDER).template().withName(name);
    // There is no cluster to ask.
    template.set("processor.autoscaling.keepSize", false);
    values.forEach(template::set);
    for (Path file : files) {
      template.withValuesFile(file);
    }
    return template.call();
  }

  /** What would be sent to the cluster. */
  static List<HasMetadata> objects(Map<String, String> values) {
    Object parsed = new KubernetesSerialization().unmarshal(render(values));
    List<HasMetadata> objects = new ArrayList<>();
    for (Object object : parsed instanceof Collection<?> many ? many : List.of(parsed)) {
      objects.add((HasMetadata) object);
    }
    return objects;
  }
}
