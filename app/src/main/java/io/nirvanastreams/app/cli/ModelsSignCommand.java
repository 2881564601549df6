package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a version that was published before. */
@Command(
    name = "sign",
    description = {
      "Sign the manifest of a published version, as somebody who looked at it.",
      "A signature that it has is replaced; processors that refused it try it again."
    })
public final class ModelsSignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the model.")
  private String name;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version of the model.")
  private int version;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      required = true,
      description = "Ed25519 private key; see nirvana models keygen.")
  private Path file;

  @Override
  public Integer call() {
    SigningKey key = SigningOptions.read(file);
    ClusterAccess access = kafka.reachable();
    ModelVersion found = Models.version(Models.catalogue(access), name, version);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      producer.write(
          access.topics().models(), ModelKeys.version(name, version), key.sign(found.manifest()));
    }
    spec.commandLine().getOut().println("signed " + ModelKeys.version(name, version));
    return 0;
  }
}
