package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.alerts.AlertChannel;
import io.nirvanastreams.app.alerts.AlertForwarder;
import io.nirvanastreams.app.alerts.ForwardSettings;
import io.nirvanastreams.app.alerts.RetryPolicy;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.management.Health;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forwards alerts until Ctrl-C. */
@Command(
    name = "forward",
    description = "Send alerts to a webhook, an MQTT broker or both, until Ctrl-C.")
public final class AlertsForwardCommand implements Callable<Integer> {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 500;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private WebhookOptions webhook;
  @Mixin private MqttOptions mqtt;

  @Option(
      names = "--cooldown",
      paramLabel = "TIME",
      defaultValue = "5m",
      description =
          "How long after an alert was sent others of its kind about the same group are held back:"
              + " 90s, 5m, 2h, 0s for never (default: ${DEFAULT-VALUE}).")
  private String cooldown;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Attempts to send an alert, 1 s, 2 s, 4 s up to 60 s apart, before it is given up"
              + " (default: ${DEFAULT-VALUE}).")
  private int attempts;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Longest time of one attempt (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = "--group-id",
      paramLabel = "START",
      description =
          "Start of the consumer groups, one a channel, that share the alerts (default:"
              + " PREFIX-alerts).")
  private String groupId;

  @Option(
      names = "--from-beginning",
      description = "At the first start also send the alerts that the topic holds already.")
  private boolean fromBeginning;

  @Mixin private ManagementOptions management;

  @Override
  public Integer call() throws InterruptedException {
    ForwardSettings parsed = settings("");
    Map<String, AlertChannel> channels = new TreeMap<>();
    webhook.channel(parsed.timeout()).ifPresent(one -> channels.put("webhook", one));
    mqtt.channel(parsed.timeout()).ifPresent(one -> channels.put("mqtt", one));
    if (channels.isEmpty()) {
      throw new UsageException("nowhere to send alerts: give --webhook, --mqtt or both");
    }
    ClusterAccess access = kafka.reachable();
    ForwardSettings settings = settings(access.topics().prefix() + "-alerts");
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        AlertForwarder forwarder =
            AlertForwarder.start(access, settings, channels, Clock.systemUTC());
        ManagementOptions.Served served =
            management.serve(() -> health(forwarder), forwarder::metrics)) {
      served.announce(out);
      channels.values().forEach(channel -> out.println("Alerts go to " + channel.name()));
      out.println("End with Ctrl-C.");
      while (!running.endsWithin(LOOK_MILLIS)) {
        forwarder.check();
      }
      forwarder.counts().values().forEach(out::println);
    }
    return 0;
  }

  private ForwardSettings settings(String defaultGroup) {
    try {
      return new ForwardSettings(
          groupId == null ? defaultGroup : groupId,
          duration("--cooldown", cooldown),
          new RetryPolicy(attempts, FIRST_WAIT, LONGEST_WAIT),
          duration("--timeout", timeout),
          fromBeginning);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new UsageException(option + " is '" + text + "'; give a time such as 90s or 5m", e);
    }
  }

  private static Health health(AlertForwarder forwarder) {
    Map<String, String> details = new TreeMap<>();
    forwarder.counts().forEach((name, count) -> details.put(name, count.toString()));
    boolean running = forwarder.running();
    return new Health(true, running, running, details);
  }
}
