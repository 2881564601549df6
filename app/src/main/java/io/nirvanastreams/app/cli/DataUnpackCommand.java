package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.BundledImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Unpacks the images that come with the program. */
@Command(
    name = "unpack",
    description = {
      "Unpack the part of Fashion-MNIST that comes with the program: a data set to train on, and",
      "frames as PNG files to send, for those who have no camera at hand."
    })
public final class DataUnpackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "fashion-mnist and frames are made in it (default: ${DEFAULT-VALUE}).")
  private Path to;

  @Option(
      names = "--frames",
      defaultValue = "2000",
      description =
          "Frames to write, none of them in the training set (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Override
  public Integer call() throws IOException {
    if (frames < 0) {
      throw new UsageException("--frames is " + frames + "; give 0 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("Data set: " + BundledImages.unpack(to));
    if (frames > 0) {
      out.println("Frames:   " + BundledImages.frames(to, frames));
    }
    return 0;
  }
}
