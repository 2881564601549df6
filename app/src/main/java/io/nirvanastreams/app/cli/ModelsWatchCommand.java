package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.ConfigFile;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.watch.ModelWatch;
import io.nirvanastreams.app.watch.WatchState;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.rule.RuleSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Promotes and rolls back by rules until Ctrl-C. */
@Command(
    name = "watch",
    description = {
      "Promote shadows that keep the rules, end those that break them, and roll back a live version"
          + " that breaks them, until Ctrl-C.",
      "Rules: minimum.images, minimum.agreement, unknown.share, minimum.labels, accuracy.loss,"
          + " minimum.accuracy, latency.ratio; see docs/models.md."
    })
public final class ModelsWatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadinessOptions readiness;

  @Parameters(paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Properties file with rules (default: the defaults of the rules).")
  private Path file;

  @Option(
      names = "--rule",
      paramLabel = "NAME=VALUE",
      description = "One rule; goes before the file. May be given several times.")
  private Map<String, String> rules = Map.of();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How often it looks (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--once", description = "Look once and end.")
  private boolean once;

  @Option(names = "--dry-run", description = "Say what would be decided, and decide nothing.")
  private boolean dryRun;

  @Mixin private ManagementOptions management;

  @Override
  public Integer call() throws InterruptedException {
    RuleSettings settings = settings();
    if (seconds < 1) {
      throw new UsageException("--every must be at least 1, was " + seconds);
    }
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    Set<String> before = new LinkedHashSet<>();
    Set<String> lines = new LinkedHashSet<>();
    WatchState state = new WatchState();
    try (Running running = new Running();
        ControlProducer producer = new ControlProducer(access.kafka(), access.serdes());
        ModelWatch watch =
            new ModelWatch(
                access,
                name,
                settings,
                new ModelWatch.Deciding(
                    readiness.promotions(producer, access, spec.commandLine().getErr()), !dryRun),
                lines::add);
        ManagementOptions.Served served = management.serve(state::health, state::metrics)) {
      served.announce(out);
      do {
        look(watch, lines, state);
        lines.stream().filter(line -> !before.contains(line)).forEach(out::println);
        out.flush();
        before.clear();
        before.addAll(lines);
        lines.clear();
      } while (!once && !running.endsWithin(TimeUnit.SECONDS.toMillis(seconds)));
    }
    return 0;
  }

  private void look(ModelWatch watch, Set<String> lines, WatchState state) {
    try {
      watch.look();
      state.looked(lines);
    } catch (KafkaException e) {
      if (once) {
        throw e;
      }
      lines.add("not looked, tried again: " + e.getMessage());
      state.failed(lines);
    }
  }

  private RuleSettings settings() {
    Map<String, String> values = new TreeMap<>();
    if (file != null) {
      values.putAll(ConfigFile.read(file));
    }
    values.putAll(rules);
    try {
      return RuleSettings.of(values);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
