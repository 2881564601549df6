package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.records.signature.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a pair of keys for signing models. */
@Command(
    name = "keygen",
    description =
        "Make a pair of Ed25519 keys: one signs models, the other is given to processors.")
public final class ModelsKeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "New file for the private key.")
  private Path file;

  @Option(
      names = "--public",
      paramLabel = "FILE",
      description = "File that the public key is added to (default: FILE.pub).")
  private Path publicFile;

  @Override
  public Integer call() throws IOException {
    Path trusted = publicFile == null ? Path.of(file + ".pub") : publicFile;
    try {
      var unused = SigningKey.generate(file, trusted);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(file + " is there already; a key is never replaced", e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("private key  " + file + "   keep it: nirvana publish --signing-key " + file);
    out.println(
        "public key   " + trusted + "   give it away: nirvana process --trusted-keys " + trusted);
    return 0;
  }
}
