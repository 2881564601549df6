package io.nirvanastreams.app;

import io.nirvanastreams.app.cli.AclsCommand;
import io.nirvanastreams.app.cli.AlertsCommand;
import io.nirvanastreams.app.cli.AuditCommand;
import io.nirvanastreams.app.cli.BrokerCommand;
import io.nirvanastreams.app.cli.CommandLineFactory;
import io.nirvanastreams.app.cli.CompletionCommand;
import io.nirvanastreams.app.cli.ConsoleCommand;
import io.nirvanastreams.app.cli.DataCommand;
import io.nirvanastreams.app.cli.DeadLettersCommand;
import io.nirvanastreams.app.cli.EvaluateCommand;
import io.nirvanastreams.app.cli.ExperimentCommand;
import io.nirvanastreams.app.cli.GroupsCommand;
import io.nirvanastreams.app.cli.IngestCommand;
import io.nirvanastreams.app.cli.LabelCommand;
import io.nirvanastreams.app.cli.ModelsCommand;
import io.nirvanastreams.app.cli.ProcessCommand;
import io.nirvanastreams.app.cli.ProcessorCommand;
import io.nirvanastreams.app.cli.PublishCommand;
import io.nirvanastreams.app.cli.RecalibrateCommand;
import io.nirvanastreams.app.cli.ReplayCommand;
import io.nirvanastreams.app.cli.RetrainCommand;
import io.nirvanastreams.app.cli.ThresholdsCommand;
import io.nirvanastreams.app.cli.TopicsCommand;
import io.nirvanastreams.app.cli.TrainCommand;
import io.nirvanastreams.app.demo.DemoCommand;
import io.nirvanastreams.app.trial.VerifyGuaranteesCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;

/** The entry point: names the commands and runs one. */
public final class Nirvana {
  /** The commands in the order of the help text. */
  public static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          BrokerCommand.class,
          TopicsCommand.class,
          AclsCommand.class,
          DataCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          ExperimentCommand.class,
          PublishCommand.class,
          ModelsCommand.class,
          ProcessCommand.class,
          ProcessorCommand.class,
          RetrainCommand.class,
          RecalibrateCommand.class,
          ThresholdsCommand.class,
          ReplayCommand.class,
          IngestCommand.class,
          GroupsCommand.class,
          LabelCommand.class,
          DeadLettersCommand.class,
          ConsoleCommand.class,
          AlertsCommand.class,
          AuditCommand.class,
          VerifyGuaranteesCommand.class,
          CompletionCommand.class);

  private Nirvana() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Lines of a running command must show at once, also in a pipe.
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    System.exit(CommandLineFactory.run(COMMANDS, List.of(arguments), System.getenv(), out, err));
  }
}
