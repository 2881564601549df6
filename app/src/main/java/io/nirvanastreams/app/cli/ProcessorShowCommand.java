package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.schemas.LiveSettings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what running processors were told. */
@Command(name = "show", description = "Show the settings that running processors were told.")
public final class ProcessorShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    Map<String, LiveSettings> all =
        Records.latest(access, access.topics().settings(), LiveSettings.class);
    if (all.isEmpty()) {
      out.println("No processor was told anything; each runs as it was started.");
    }
    all.forEach(
        (application, settings) -> {
          out.println(line(application, settings));
          out.println(
              "  since "
                  + settings.getDecidedAt()
                  + " by "
                  + settings.getAuthor()
                  + ": "
                  + settings.getReason());
        });
    return 0;
  }

  /** What an application's instances are told. */
  static String line(String application, LiveSettings settings) {
    return application
        + ": at most "
        + bound(settings.getMaxBatch())
        + " images a batch, at most "
        + bound(settings.getMaxQueue())
        + " in the queue";
  }

  private static String bound(int value) {
    return value == 0 ? "as started" : Integer.toString(value);
  }
}
