package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.Nirvana;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Runs the command as a user would, inside this process. */
public record Cli(int exitCode, String out, String err) {
  public static Cli run(String... arguments) {
    return run(Map.of(), arguments);
  }

  public static Cli run(Map<String, String> environment, String... arguments) {
    return run(Nirvana.COMMANDS, environment, arguments);
  }

  static Cli run(List<Class<?>> commands, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineFactory.run(
            commands,
            List.of(arguments),
            environment,
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return new Cli(code, out.toString(), err.toString());
  }
}
