package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.camera.shape.FrameShape;
import io.nirvanastreams.embedding.image.Crop;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What is sent of each frame. */
final class FrameShapeOptions {
  private static final Pattern CROP =
      Pattern.compile("(\\d{1,5}),(\\d{1,5}),(\\d{1,5}),(\\d{1,5})");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  @Option(
      names = "--motion",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Leave out frames of which less than this share of the pixels changed since the last one",
        "sent, 0 to 1; 0.02 is a start (default: send all)."
      })
  private double motion;

  @Option(
      names = "--crop",
      paramLabel = "X,Y,W,H",
      description =
          "Send only this part, in pixels from the top left; several give several images.")
  private List<String> crops = new ArrayList<>();

  @Option(
      names = "--resize",
      paramLabel = "WxH",
      description = "Make larger images fit into this size; the aspect ratio stays.")
  private String resize;

  @Option(
      names = "--quality",
      paramLabel = "PERCENT",
      description = {
        "Send as JPEG of this quality, 1 to 100 (default: image files as they are;",
        "90 where --crop, --resize or a video makes new ones)."
      })
  private Integer quality;

  /** The options as one value. */
  FrameShape shape() {
    if (!(motion >= 0 && motion <= 1)) {
      throw new UsageException("--motion is " + motion + "; give a share from 0 to 1");
    }
    if (quality != null && (quality < 1 || quality > 100)) {
      throw new UsageException("--quality is " + quality + "; give 1 to 100");
    }
    int width = 0;
    int height = 0;
    if (resize != null) {
      Matcher size = SIZE.matcher(resize);
      if (!size.matches() || number(size, 1) < 1 || number(size, 2) < 1) {
        throw new UsageException("--resize is " + resize + "; give WIDTHxHEIGHT, as in 640x480");
      }
      width = number(size, 1);
      height = number(size, 2);
    }
    return new FrameShape(
        crops.stream().map(FrameShapeOptions::crop).toList(),
        motion,
        width,
        height,
        quality == null ? 0 : quality);
  }

  private static Crop crop(String text) {
    Matcher crop = CROP.matcher(text);
    if (!crop.matches() || number(crop, 3) < 1 || number(crop, 4) < 1) {
      throw new UsageException("--crop is " + text + "; give X,Y,WIDTH,HEIGHT, as in 0,0,640,480");
    }
    return new Crop(number(crop, 1), number(crop, 2), number(crop, 3), number(crop, 4));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
