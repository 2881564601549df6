package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.cli.Running;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.files.Folders;
import io.nirvanastreams.trainer.train.ProgressBar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Closes the whole loop on real images, in one process, and checks the promises. */
@Command(
    name = "demo",
    description = {
      "Train on some classes, stream images of all of them, group the unknowns, learn them, and go on.",
      "Needs nothing else: broker, registry, data and console are inside."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration INTERACTIVE_PATIENCE = Duration.ofMinutes(30);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Your own images, a folder per class (default: bundled Fashion-MNIST).")
  private Path data;

  @Option(
      names = "--hold-out",
      paramLabel = "CLASS",
      split = ",",
      description =
          "Classes that are not trained on before they are named (default: Trouser,Dress,Shirt,Bag; with --data the last"
              + " fifth of the classes, at least two).")
  private List<String> holdOut = new ArrayList<>();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random choice (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--fast",
      description = "A shorter run: fewer images and epochs, one class to learn.")
  private boolean fast;

  @Option(
      names = "--interactive",
      description = "Leave the naming of groups to you, in the console.")
  private boolean interactive;

  @Option(
      names = "--keep-running",
      description = "Go on streaming after the summary, until Ctrl-C.")
  private boolean keepRunning;

  @Option(
      names = "--cameras",
      defaultValue = "4",
      description = "Simulated cameras (default: ${DEFAULT-VALUE}).")
  private int cameras;

  @Option(
      names = "--rate",
      defaultValue = "80",
      description = "Images per second of all cameras (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--alpha",
      defaultValue = "0.05",
      description = "Known images answered UNKNOWN at most (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(names = "--learn", description = "Classes to learn (default: 2, with --fast 1).")
  private Integer learn;

  @Option(
      names = "--console-port",
      defaultValue = "0",
      description = "Port of the console, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int consolePort;

  @Override
  public Integer call() throws Exception {
    if (data != null && !Files.isDirectory(data)) {
      throw new UsageException(
          "--data " + data + " is no folder; give a folder with one folder of images per class");
    }
    if (cameras < 1 || !(rate > 0) || !(alpha > 0 && alpha < 1) || (learn != null && learn < 0)) {
      throw new UsageException(
          "--cameras and --rate must be positive, --learn at least 0, and --alpha between 0 and 1");
    }
    if (consolePort < 0 || consolePort > 65_535) {
      throw new UsageException("--console-port " + consolePort + " is no port; give 0 to 65535");
    }
    Screen screen = new Screen(System.out, ProgressBar.isTerminal());
    Path work = Files.createTempDirectory("nirvana-demo-");
    try (Running running = new Running()) {
      return new DemoRun(settings(), screen, running).run(work);
    } finally {
      Folders.delete(work);
    }
  }

  private DemoSettings settings() {
    return new DemoSettings(
        data,
        holdOut,
        seed,
        fast,
        interactive,
        keepRunning,
        cameras,
        rate,
        learn != null ? learn : fast ? 1 : 2,
        interactive ? INTERACTIVE_PATIENCE : PATIENCE,
        alpha,
        consolePort);
  }
}
