package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.audit.CommandAudit;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.erasure.ErasurePlan;
import io.nirvanastreams.app.erasure.GroupErasure;
import io.nirvanastreams.app.erasure.StreamErasure;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.topic.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Erases groups of unknowns, and on request all images that topics hold. */
@Command(
    name = "erase",
    description = {
      "Erase groups of unknowns with their pictures, for ever: for a subject who asks for it.",
      "The processor carries it out; without one the request waits for its next start."
    })
public final class GroupsEraseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      paramLabel = "GROUP",
      arity = "1..*",
      description = "Ids of the groups; those that were merged into them go as well.")
  private List<String> ids;

  @Option(
      names = "--reason",
      defaultValue = "",
      description = "Why, for the audit record; no name of the subject.")
  private String reason;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Longest wait for a processor; 0 does not wait (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--topics",
      description =
          "Also delete all images, novelties and dead letters up to now: of every subject, and also"
              + " images that are not answered yet. Needs --yes.")
  private boolean topics;

  @Option(names = "--yes", description = "Confirms --topics.")
  private boolean yes;

  @Override
  public Integer call() {
    if (seconds < 0) {
      throw new UsageException("--timeout must not be negative");
    }
    if (topics && !yes) {
      throw new UsageException(
          "--topics deletes every image, novelty and dead letter up to now, also of others and"
              + " those that are not answered yet; say --yes as well if you want that");
    }
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    ErasurePlan plan = ErasurePlan.of(access, ids);
    for (LabelAssigned before : plan.before()) {
      out.println(
          "group %s is erased already, by %s at %s"
              .formatted(before.getSubjectId(), before.getAuthor(), before.getAssignedAt()));
    }
    if (topics) {
      eraseTopics(access, out);
    }
    eraseGroups(access, plan, out);
    sayWhatIsLeft(access, out);
    return 0;
  }

  private void eraseTopics(ClusterAccess access, PrintWriter out) {
    StreamErasure.upToNow(access)
        .forEach(
            (name, count) -> {
              out.println(name + ": everything up to now is deleted, " + count + " offsets");
              audit(access, "topic/" + name);
            });
  }

  private void eraseGroups(ClusterAccess access, ErasurePlan plan, PrintWriter out) {
    if (plan.groups().isEmpty()) {
      return;
    }
    try (GroupErasure erasure = GroupErasure.ask(access, plan, author, reason)) {
      plan.groups().forEach(group -> audit(access, "group/" + group.getGroupId()));
      out.println(
          "asked to erase %d %s (%s)"
              .formatted(
                  plan.groups().size(),
                  plan.groups().size() == 1 ? "group" : "groups",
                  access.topics().labels().name()));
      out.flush();
      Set<String> waiting = erasure.await(Duration.ofSeconds(seconds));
      for (NoveltyGroup group : plan.groups()) {
        if (!waiting.contains(group.getGroupId())) {
          out.println("group " + group.getGroupId() + " is erased");
        }
      }
      if (!waiting.isEmpty() && seconds == 0) {
        out.println("a processor erases them, now or when it starts");
      }
      judge(access, waiting, erasure.mergedMeanwhile());
    }
  }

  private void judge(ClusterAccess access, Set<String> waiting, Map<String, String> merged) {
    if (!merged.isEmpty()) {
      throw new IllegalStateException(
          "another group took the images over in the meantime; erase it as well: "
              + String.join(" ", new TreeSet<>(merged.values())));
    }
    if (!waiting.isEmpty() && seconds > 0) {
      throw new IllegalStateException(
          "not erased within "
              + seconds
              + " s: "
              + String.join(" ", waiting)
              + "; no processor does it now, and the next one that runs will: the request stays on "
              + access.topics().labels().name());
    }
  }

  private void sayWhatIsLeft(ClusterAccess access, PrintWriter out) {
    if (!topics) {
      String names =
          StreamErasure.topics(access.topics()).stream()
              .map(Topic::name)
              .collect(Collectors.joining(", "));
      out.println("not erased: the images on " + names + " stay for their retention, or --topics");
    }
    out.println(
        "not erased: what was learned from the images, and files of references and data sets; see"
            + " docs/operations.md, Privacy");
  }

  private void audit(ClusterAccess access, String subject) {
    CommandAudit.done(
        access, AuditAction.ERASE, subject, reason, author, spec.commandLine().getErr());
  }
}
