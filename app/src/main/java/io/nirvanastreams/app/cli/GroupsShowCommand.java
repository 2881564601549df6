package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one group of unknowns with its members. */
@Command(name = "show", description = "Show a group of unknowns and the images that joined it.")
public final class GroupsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "GROUP", description = "Id of the group.")
  private String id;

  @Override
  public Integer call() {
    ClusterAccess access = kafka.reachable();
    NoveltyGroup group =
        Records.latest(access, access.topics().groups(), NoveltyGroup.class).get(id);
    if (group == null) {
      throw new IllegalStateException("there is no group '" + id + "'; see 'nirvana groups list'");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("group      " + group.getGroupId());
    out.println("state      " + group.getState());
    out.println("name       " + (group.getLabel() == null ? "-" : group.getLabel()));
    if (group.getMergedInto() != null) {
      out.println("merged     into " + group.getMergedInto());
    }
    out.println("scope      " + group.getScope());
    out.println("size       " + group.getSize());
    out.println("seen       " + group.getFirstSeen() + " to " + group.getLastSeen());
    out.println("model      " + group.getModelName() + "/" + group.getModelVersion());
    out.println();
    Table members = new Table("EVENT", "JOINED", "COSINE DISTANCE");
    Records.latest(access, access.topics().members(), GroupMember.class).values().stream()
        .filter(member -> member.getGroupId().equals(id))
        .forEach(
            member ->
                members.row(
                    member.getEventId(),
                    member.getJoinedAt().toString(),
                    String.format("%.4f", member.getCosineDistance())));
    members.print(out);
    return 0;
  }
}
