package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.console.ConsoleServer;
import io.nirvanastreams.app.console.ConsoleSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the console's page until Ctrl-C. */
@Command(
    name = "console",
    description =
        "Serve a page on this machine that shows what is recognised and lets unknowns be named,"
            + " until Ctrl-C.")
public final class ConsoleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of the page, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        ConsoleServer console = ConsoleServer.start(settings(access))) {
      out.println("Console at " + console.uri() + "; end with Ctrl-C.");
      running.awaitEnd();
    }
    return 0;
  }

  private ConsoleSettings settings(ClusterAccess access) {
    try {
      return new ConsoleSettings(port, access.topics(), access.kafka(), access.registry());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
