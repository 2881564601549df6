package io.nirvanastreams.camera.http;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.frame.Picture;
import io.nirvanastreams.embedding.image.header.ImageFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images that a camera sends over one HTTP connection, {@code multipart/x-mixed-replace}: what
 * cameras call MJPEG. Logs in by HTTP Basic. Images that came in part only are left out and
 * counted. Ends when the camera ends the stream.
 */
public final class MjpegFrames implements FrameSource {
  private static final int LARGEST_IMAGE = 32 << 20;

  /** Answers that no second try changes: bad request, who are you, not you, not here. */
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404, 405, 410);

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary\\s*=\\s*(\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private final Stall stall;
  private final MultipartReader parts;
  private final FrameCounts counts;
  private final Clock clock;
  private final long opened = System.nanoTime();
  private long number;

  private MjpegFrames(Stall stall, MultipartReader parts, FrameCounts counts, Clock clock) {
    this.stall = stall;
    this.parts = parts;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Connects to a camera.
   *
   * @param url http or https
   * @param user the name to log in with; null for none
   * @param password the password to log in with; null for none
   * @param patience the longest wait for the camera, and for each image
   * @param counts told of broken images
   * @param clock gives the time of capture
   * @throws IOException when the camera does not answer, or is in trouble itself
   * @throws IllegalArgumentException when it refuses, or what it sends is no stream of images
   */
  public static MjpegFrames open(
      String url, String user, String password, Duration patience, FrameCounts counts, Clock clock)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(patience);
    if (user != null) {
      String pair = user + ":" + (password == null ? "" : password);
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    HttpResponse<InputStream> response = send(request.build(), patience);
    try {
      String boundary = boundary(response);
      Stall stall = new Stall(response.body(), patience);
      return new MjpegFrames(
          stall, new MultipartReader(response.body(), boundary, LARGEST_IMAGE), counts, clock);
    } catch (IOException | RuntimeException e) {
      response.body().close();
      throw e;
    }
  }

  @Override
  public Optional<Frame> next() throws IOException {
    while (true) {
      Optional<byte[]> part = part();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      stall.alive();
      number++;
      byte[] bytes = part.get();
      if (isWhole(bytes)) {
        return Optional.of(
            new Frame(
                "image " + number,
                new Picture.Encoded(bytes),
                Duration.ofNanos(System.nanoTime() - opened),
                clock.instant(),
                Map.of("frame", Long.toString(number))));
      }
      counts.broken("a part of the stream was no whole image");
    }
  }

  @Override
  public void close() throws IOException {
    stall.close();
  }

  private static HttpResponse<InputStream> send(HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    try {
      return HttpClient.newBuilder()
          // Over clear text an upgrade to HTTP/2 would be offered; small servers choke on it.
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(patience)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      // The platform leaves its message out.
      throw new IOException("nothing answers at " + request.uri().getAuthority(), e);
    }
  }

  private Optional<byte[]> part() throws IOException {
    try {
      Optional<byte[]> part = parts.next();
      if (part.isEmpty() && stall.happened()) {
        throw new IOException(stall.reason());
      }
      return part;
    } catch (EOFException e) {
      counts.broken(e.getMessage());
      throw stall.happened() ? new IOException(stall.reason(), e) : e;
    } catch (IOException e) {
      throw stall.happened() ? new IOException(stall.reason(), e) : e;
    }
  }

  private static String boundary(HttpResponse<?> response) throws IOException {
    int status = response.statusCode();
    if (FINAL.contains(status)) {
      throw new IllegalArgumentException(
          "the camera answers with HTTP status "
              + status
              + (status == 401 ? "; give --camera-user and --camera-password" : ""));
    }
    if (status != 200) {
      throw new IOException("the camera answers with HTTP status " + status);
    }
    String type = response.headers().firstValue("Content-Type").orElse("nothing");
    Matcher boundary = BOUNDARY.matcher(type);
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/") || !boundary.find()) {
      throw new IllegalArgumentException(
          "the camera sends "
              + type
              + ", not multipart/x-mixed-replace with a boundary; name the URL of its MJPEG stream");
    }
    return boundary.group(2) == null ? boundary.group(3) : boundary.group(2);
  }

  /** JPEG has an end mark, behind which some cameras fill up; other formats are taken as whole. */
  private static boolean isWhole(byte[] bytes) {
    Optional<ImageFormat> format = ImageFormat.of(bytes);
    if (format.isEmpty() || format.get() != ImageFormat.JPEG) {
      return format.isPresent();
    }
    for (int i = bytes.length - 2; i >= Math.max(0, bytes.length - 64); i--) {
      if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xD9) {
        return true;
      }
    }
    return false;
  }
}
