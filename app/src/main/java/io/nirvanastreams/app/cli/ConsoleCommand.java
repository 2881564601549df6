package io.nirvanastreams.app.cli;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.console.ConsoleServer;
import io.nirvanastreams.app.console.ConsoleSettings;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.view.ConsoleState;
import io.nirvanastreams.app.management.ClusterWatch;
import io.nirvanastreams.app.management.ConsoleMeters;
import io.nirvanastreams.app.management.Health;
import io.nirvanastreams.app.management.ProcessMeters;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the console's page until Ctrl-C. */
@Command(
    name = "console",
    description =
        "Serve a page that shows what is recognised and lets unknowns be named, until Ctrl-C. On"
            + " this machine only, unless --tokens says who may come in.")
public final class ConsoleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of the page, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; anything but this machine's own needs --tokens (default:"
              + " ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Who may come in: lines of NAME ROLE TOKEN, ROLE one of view, label, operate (default:"
              + " everybody on this machine).")
  private Path tokens;

  @Mixin private ManagementOptions management;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        ConsoleServer console = start(access);
        Admin admin = access.admin();
        ClusterWatch watch = ClusterWatch.start(admin);
        ProcessMeters meters = ProcessMeters.open("console", Version.number());
        ManagementOptions.Served served =
            management.serve(() -> health(console.state(), watch), metrics(console, meters))) {
      meters.bind(new KafkaClientMetrics((AdminClient) admin));
      watch.bindTo(meters.registry());
      served.announce(out);
      out.println("Console at " + console.uri() + "; end with Ctrl-C.");
      running.awaitEnd();
    }
    return 0;
  }

  private static Supplier<String> metrics(ConsoleServer console, ProcessMeters meters) {
    ConsoleMeters shown = new ConsoleMeters(meters.registry(), console.state());
    return () -> {
      shown.update(console.state());
      return meters.scrape();
    };
  }

  private static Health health(ConsoleState state, ClusterWatch watch) {
    boolean sees = state.problem().isEmpty();
    return new Health(
            true,
            true,
            sees,
            Map.of(
                "records",
                sees ? "arriving" : state.problem(),
                "liveModel",
                Integer.toString(state.liveVersion())))
        .needing(watch);
  }

  private ConsoleServer start(ClusterAccess access) throws IOException {
    try {
      return ConsoleServer.start(
          new ConsoleSettings(
              new InetSocketAddress(host, port),
              tokens == null ? null : Tokens.read(tokens),
              access.topics(),
              access.kafka(),
              access.registry()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
