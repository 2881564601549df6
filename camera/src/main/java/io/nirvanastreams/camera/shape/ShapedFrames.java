package io.nirvanastreams.camera.shape;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.frame.Picture;
import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.image.Pixels;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.image.header.ImageFormat;
import io.nirvanastreams.embedding.image.header.ImageHeader;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts regions out of frames, leaves out what did not change, makes the rest smaller. An image file
 * that needs none of it passes byte for byte and is not decoded; one that has to be decoded and
 * cannot be is left out and counted. What comes out are image files.
 */
public final class ShapedFrames implements FrameSource {
  private static final InputShape SMALL = new InputShape(1, 48, 64);

  private final FrameSource source;
  private final FrameShape shape;
  private final FrameCounts counts;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Map<Crop, Motion> motions = new HashMap<>();
  private final Deque<Frame> pending = new ArrayDeque<>();

  /**
   * Shapes the frames of a source, which is closed with this one.
   *
   * @param counts told of frames that are left out
   */
  public ShapedFrames(FrameSource source, FrameShape shape, FrameCounts counts) {
    this.source = source;
    this.shape = shape;
    this.counts = counts;
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    while (pending.isEmpty()) {
      Optional<Frame> frame = source.next();
      if (frame.isEmpty()) {
        return frame;
      }
      if (shape.regions().isEmpty()) {
        add(frame.get(), null);
      }
      shape.regions().forEach(region -> add(frame.get(), region));
    }
    return Optional.of(pending.remove());
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void add(Frame whole, Crop region) {
    try {
      Frame frame = region == null ? whole : cut(whole, region);
      if (shape.motion() > 0 && !moved(frame.picture(), region)) {
        counts.unchanged();
        return;
      }
      pending.add(frame.withPicture(finished(frame.picture())));
    } catch (UndecodableImageException e) {
      counts.broken(e.getMessage());
    }
  }

  private Frame cut(Frame frame, Crop region) throws UndecodableImageException {
    InputShape size = size(frame.picture());
    int width = Math.min(region.width(), size.width() - region.x());
    int height = Math.min(region.height(), size.height() - region.y());
    if (width < 1 || height < 1) {
      throw new UndecodableImageException(
          "the region lies outside the image of " + size.width() + "x" + size.height());
    }
    Crop inside = new Crop(region.x(), region.y(), width, height);
    InputShape part = new InputShape(3, height, width);
    return frame
        .withPicture(new Picture.Raw(pixels(frame.picture(), inside, part), part))
        .withAttribute("region", region.x() + "," + region.y() + "," + width + "," + height);
  }

  private boolean moved(Picture picture, Crop region) throws UndecodableImageException {
    InputShape size = size(picture);
    byte[] small = pixels(picture, new Crop(0, 0, size.width(), size.height()), SMALL);
    return motions.computeIfAbsent(region, key -> new Motion(shape.motion())).moved(small);
  }

  private Picture finished(Picture picture) throws UndecodableImageException {
    boolean file = picture instanceof Picture.Encoded;
    boolean limited = shape.largestWidth() > 0 || shape.largestHeight() > 0;
    if (file && shape.quality() == 0 && !limited) {
      return picture;
    }
    InputShape size = size(picture);
    double scale = shape.scale(size.width(), size.height());
    if (file && shape.quality() == 0 && scale == 1) {
      return picture;
    }
    InputShape smaller =
        new InputShape(
            size.channels(),
            Math.max(1, (int) Math.round(size.height() * scale)),
            Math.max(1, (int) Math.round(size.width() * scale)));
    byte[] pixels = pixels(picture, new Crop(0, 0, size.width(), size.height()), smaller);
    return new Picture.Encoded(ImageEncoder.jpeg(pixels, smaller, shape.jpegQuality()));
  }

  private byte[] pixels(Picture picture, Crop part, InputShape result)
      throws UndecodableImageException {
    if (picture instanceof Picture.Raw raw) {
      return Pixels.convert(raw.pixels(), raw.shape(), part, result);
    }
    return decoder.decode(picture.bytes(), result, part);
  }

  /** The size as seen, with three channels for a file; only its header is read. */
  private static InputShape size(Picture picture) throws UndecodableImageException {
    if (picture instanceof Picture.Raw raw) {
      return raw.shape();
    }
    byte[] bytes = picture.bytes();
    try {
      ImageFormat format =
          ImageFormat.of(bytes).orElseThrow(() -> new UndecodableImageException("no image"));
      ImageHeader header = ImageHeader.read(format, bytes);
      return new InputShape(3, header.seenHeight(), header.seenWidth());
    } catch (IOException | IllegalArgumentException e) {
      throw new UndecodableImageException("damaged image: " + e.getMessage(), e);
    }
  }
}
