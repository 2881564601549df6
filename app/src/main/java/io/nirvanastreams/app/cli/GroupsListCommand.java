package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the groups of unknowns, largest first. */
@Command(name = "list", description = "List the open groups of unknowns, largest first.")
public final class GroupsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--all", description = "Also those that are named, ignored or merged.")
  private boolean all;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    Table table = new Table("GROUP", "SIZE", "STATE", "NAME", "SCOPE", "FIRST SEEN", "LAST SEEN");
    Records.latest(access, access.topics().groups(), NoveltyGroup.class).values().stream()
        .filter(group -> all || group.getState() == GroupState.OPEN)
        .sorted(
            Comparator.comparingLong(NoveltyGroup::getSize)
                .reversed()
                .thenComparing(NoveltyGroup::getGroupId))
        .forEach(
            group ->
                table.row(
                    group.getGroupId(),
                    Long.toString(group.getSize()),
                    group.getState().toString(),
                    group.getLabel() == null ? "-" : group.getLabel(),
                    group.getScope(),
                    group.getFirstSeen().toString(),
                    group.getLastSeen().toString()));
    table.print(spec.commandLine().getOut());
    return 0;
  }
}
