package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.records.signature.SigningKey;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.Publisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a trained model to the cluster. */
@Command(
    name = "publish",
    description = "Publish a trained model: weights to the blob store, the rest to the topics.")
public final class PublishCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private BlobStoreOption blobs;
  @Mixin private SigningOptions signing;
  @Mixin private ReadinessOptions readiness;

  @Parameters(paramLabel = "MODEL_DIR", description = "The --out folder of 'nirvana train'.")
  private Path folder;

  @Option(names = "--promote", description = "Make it live as well.")
  private boolean promote;

  @Option(names = "--author", description = "Who decides (default: the user of this machine).")
  private String author = System.getProperty("user.name");

  @Override
  public Integer call() throws IOException {
    ModelFolder model = ModelFolder.read(folder);
    SigningKey signer = signing.key();
    ClusterAccess access = kafka.reachable();
    Clock clock = Clock.systemUTC();
    PrintWriter out = spec.commandLine().getOut();
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      Publisher publisher =
          new Publisher(producer, access.topics(), blobs.open(access), clock, signer);
      ModelManifest manifest = publisher.publish(model.publication(null));
      String key = manifest.getName() + "/" + manifest.getVersion();
      out.println("published " + key + ", weights " + manifest.getWeightsSha256());
      if (promote) {
        Promotion promotion =
            readiness
                .promotions(producer, access, spec.commandLine().getErr())
                .promote(manifest.getName(), manifest.getVersion(), "published", author);
        out.println(key + " is live from " + promotion.getEffectiveFrom());
      } else {
        out.println(
            "Make it live with: nirvana models promote "
                + manifest.getName()
                + " "
                + manifest.getVersion());
      }
    }
    return 0;
  }
}
