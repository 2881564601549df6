package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.audit.CommandAudit;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Labels;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Names a group of unknowns or one image. */
@Command(
    name = "label",
    description = "Name a group of unknowns or one image, or ask to ignore it.")
public final class LabelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      index = "0",
      paramLabel = "GROUP_OR_EVENT",
      description = "Id of the group or image; see 'nirvana groups list'.")
  private String id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The class that it shows.")
  private String name;

  @Option(names = "--ignore", description = "It is of no interest; give no NAME.")
  private boolean ignore;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Option(
      names = "--event",
      description = "The id is an image's, also when the image is in no group.")
  private boolean event;

  @Override
  public Integer call() {
    if (ignore == (name != null)) {
      throw new UsageException("give either a NAME or --ignore");
    }
    if (name != null && name.isBlank()) {
      throw new UsageException("NAME is empty; give the class a name");
    }
    ClusterAccess access = kafka.reachable();
    SubjectType type = event ? SubjectType.EVENT : type(access);
    if (type == SubjectType.GROUP && Labels.erased(access, id)) {
      throw new IllegalStateException("group " + id + " is to be erased, and takes no name");
    }
    LabelAssigned label =
        ignore ? Labels.ignore(id, type, author) : Labels.assign(id, type, name.strip(), author);
    Labels.send(access, label);
    spec.commandLine()
        .getOut()
        .println(
            (type == SubjectType.EVENT ? "image " : "group ")
                + id
                + (ignore ? " is ignored" : " is named " + label.getClassName())
                + " ("
                + access.topics().labels().name()
                + ")");
    CommandAudit.done(
        access,
        ignore ? AuditAction.IGNORE : AuditAction.LABEL,
        (type == SubjectType.EVENT ? "image/" : "group/") + id,
        label.getClassName(),
        author,
        spec.commandLine().getErr());
    return 0;
  }

  private SubjectType type(ClusterAccess access) {
    return Labels.typeOf(access, id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no group and no grouped image '"
                        + id
                        + "'; see 'nirvana groups list', or give --event"));
  }
}
