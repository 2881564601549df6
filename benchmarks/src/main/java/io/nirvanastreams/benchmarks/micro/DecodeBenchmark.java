package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.benchmarks.stream.Images;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An encoded image becomes pixels, by the product's decoder and by the platform's alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {
  /** Format of the image. */
  @Param({"jpg", "png"})
  public String format;

  /** Width of the image; its height is three quarters. */
  @Param({"32", "640"})
  public int width;

  private final ImageDecoder decoder = new ImageDecoder();
  private final InputShape shape = new InputShape(3, 32, 32);
  private byte[] encoded;

  /** Draws an image. */
  @Setup
  public void draw() {
    encoded = Images.encoded(format, width, width * 3 / 4, 1).get(0);
  }

  /** Checked, decoded and resized. */
  @Benchmark
  public byte[] product() throws UndecodableImageException {
    return decoder.decode(encoded, shape, null);
  }

  /** Decoded. */
  @Benchmark
  public BufferedImage platform() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(encoded));
  }
}
