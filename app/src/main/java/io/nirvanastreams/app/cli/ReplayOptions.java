package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.SettingArguments;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.processor.ProcessorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How images are answered outside the stream. For use as a mixin. */
public final class ReplayOptions {
  @Mixin private BlobStoreOption blobs;
  @Mixin private TrustOptions trust;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "Where networks run: cpu, gpu:N or auto (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--setting",
      paramLabel = "FILE|KEY=VALUE",
      description = {
        "A setting of the processor, as of 'nirvana process'; may be repeated. Without one for"
            + " batch.fixed, every forward pass is filled up to batch.max, so that two replays give"
            + " the same bytes; batch.fixed=0 is faster."
      })
  private List<String> settings = new ArrayList<>();

  String name() {
    return name;
  }

  /**
   * The processor's settings to answer with.
   *
   * @throws UsageException when one is wrong
   */
  ProcessorSettings settings(ClusterAccess access) {
    Map<String, Object> values = base(access, name, blobs, trust, device);
    Map<String, String> own = SettingArguments.parse("--setting", settings);
    values.putAll(own);
    try {
      ProcessorSettings checked = ProcessorSettings.of(values);
      if (own.containsKey("batch.fixed")) {
        return checked;
      }
      values.put("batch.fixed", Integer.toString(checked.batch().maxBatch()));
      return ProcessorSettings.of(values);
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Settings of an answerer of this cluster; its folder of state is never used. */
  static Map<String, Object> base(
      ClusterAccess access, String name, BlobStoreOption blobs, TrustOptions trust, String device) {
    Map<String, Object> values = AnsweringSettings.of(access, name, blobs, trust, device);
    values.put("state.dir", "unused");
    return values;
  }
}
