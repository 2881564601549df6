package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.audit.AuditTrail;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.AuditOutcome;
import io.nirvanastreams.schemas.AuditRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the records of decisions, newest first. */
@Command(name = "list", description = "List who decided what, newest first.")
public final class AuditListCommand implements Callable<Integer> {
  private static final int WIDEST = 60;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one decided.")
  private String actor;

  @Option(
      names = "--action",
      paramLabel = "sign_in|label|ignore|promote|roll_back",
      description = "Only decisions of this kind.")
  private AuditAction action;

  @Option(
      names = "--outcome",
      paramLabel = "done|refused|failed",
      description = "Only those with this outcome.")
  private AuditOutcome outcome;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those from then on: 2026-01-31T12:00:00Z, or 90m, 6h or 2d ago.")
  private String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most records to print (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit is " + limit + "; give at least 1");
    }
    Instant from = LetterOptions.time("--since", since, Instant.now(), Instant.MIN);
    ClusterAccess access = kafka.reachable();
    List<AuditRecord> records = AuditTrail.read(access, entry -> meant(entry, from));
    Table table =
        new Table("TIME", "ACTOR", "ROLE", "ACTION", "SUBJECT", "DETAIL", "FROM", "OUTCOME");
    records.stream().limit(limit).forEach(entry -> row(table, entry));
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    if (records.size() > limit) {
      out.println((records.size() - limit) + " more; see --limit, --since, --actor, --action");
    }
    return 0;
  }

  private boolean meant(AuditRecord entry, Instant from) {
    return (actor == null || actor.equals(entry.getActor()))
        && (action == null || action == entry.getAction())
        && (outcome == null || outcome == entry.getOutcome())
        && !entry.getOccurredAt().isBefore(from);
  }

  private static void row(Table table, AuditRecord entry) {
    String from =
        entry.getRemoteAddress().isEmpty()
            ? entry.getChannel()
            : entry.getChannel() + " " + entry.getRemoteAddress();
    String end = entry.getOutcome().name().toLowerCase(Locale.ROOT);
    table.row(
        entry.getOccurredAt().toString(),
        orDash(entry.getActor()),
        orDash(entry.getRole().toLowerCase(Locale.ROOT)),
        entry.getAction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        orDash(entry.getSubject()),
        orDash(entry.getDetail()),
        from,
        entry.getMessage().isEmpty() ? end : end + ": " + printable(entry.getMessage()));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : printable(text);
  }

  private static String printable(String text) {
    return DeadLettersListCommand.printable(text, WIDEST);
  }
}
