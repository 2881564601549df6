package io.nirvanastreams.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.stores.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRootsTest {
  private static final byte[] IMAGE = {1, 2, 3};

  @TempDir private Path directory;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int failing;
  private Path root;
  private Path other;
  private HttpServer server;
  private ImageRoots roots;

  @BeforeEach
  void open() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    root = Files.createDirectory(directory.resolve("root"));
    other = Files.createDirectory(directory.resolve("other"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    roots = ImageRoots.of(List.of(root.toString(), other.toString(), "s3://shots/day"), s3());
  }

  @AfterEach
  void close() {
    roots.close();
    server.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void shouldReadFilesBelowEveryFolder() throws Exception {
    Path deep = Files.createDirectory(root.resolve("deep"));
    Files.write(deep.resolve("a.png"), IMAGE);
    Files.write(other.resolve("b.png"), IMAGE);

    assertThat(roots.read(deep.resolve("a.png").toUri().toString(), 3)).isEqualTo(IMAGE);
    assertThat(roots.read("file:deep/a.png", 3)).isEqualTo(IMAGE);
    assertThat(roots.read("file:b.png", 3)).isEqualTo(IMAGE);
  }

  @Test
  void shouldReadObjectsBelowThePrefix() throws Exception {
    objects.put("/shots/day/1/a b.png", IMAGE);

    assertThat(roots.read("s3://shots/day/1/a b.png", 3)).isEqualTo(IMAGE);
  }

  @Test
  void shouldFollowNoWayOutOfTheFolders() throws Exception {
    Path secret = Files.write(directory.resolve("secret"), IMAGE);
    Files.createSymbolicLink(root.resolve("link"), secret);
    Files.createSymbolicLink(root.resolve("up"), directory);
    Path twin = Files.createDirectory(directory.resolve("root-twin"));
    Files.write(twin.resolve("a"), IMAGE);

    for (String uri :
        List.of(
            secret.toUri().toString(),
            "file:link",
            "file:up/secret",
            "file:../secret",
            "file:%2e%2e/secret",
            root.toUri() + "../secret",
            twin.resolve("a").toUri().toString(),
            directory.resolve("absent").toUri().toString())) {
      assertRefused(uri, 3, "leads out of the configured roots");
    }
  }

  @Test
  void shouldAskForNoObjectOutsideThePrefix() {
    objects.put("/shots/days/a", IMAGE);
    objects.put("/other/day/a", IMAGE);

    assertRefused("s3://shots/days/a", 3, "leads out");
    assertRefused("s3://other/day/a", 3, "leads out");
    assertRefused("s3://shots/day/../days/a", 3, "no s3: URI");

    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/a",
        "https://host/a",
        "ftp://host/a",
        "/etc/passwd",
        "jar:file:x!/y",
        "",
        "S3://shots/day/a",
        "data:image/png;base64,AAAA"
      })
  void shouldFetchNothingOfAnotherKind(String uri) {
    assertRefused(uri, 3, "a kind that no root is configured for");
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldRefuseWhatHasAnotherSizeWithoutReadingOn() throws Exception {
    Files.write(root.resolve("a"), new byte[4]);
    objects.put("/shots/day/a", new byte[40]);
    objects.put("/shots/day/b", new byte[2]);

    assertRefused("file:a", 3, "another size");
    assertRefused("file:a", 5, "another size");
    assertRefused("s3://shots/day/a", 3, "another size");
    assertRefused("s3://shots/day/b", 3, "another size");
  }

  @Test
  void shouldRefuseWhatIsNoFile() throws Exception {
    Files.createDirectory(root.resolve("folder"));
    Process pipe = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(pipe.waitFor()).isZero();

    assertRefused("file:folder", 3, "leads to no file");
    assertRefused("file:pipe", 3, "leads to no file");
    assertRefused("file:absent", 3, "does not exist");
    assertRefused("file://host/a", 3, "no file: URI");
    assertRefused("file:a%00b", 3, "no file: URI");
    assertRefused("s3://shots/day/absent", 3, "does not exist");
  }

  @Test
  void shouldTellAServerThatFailsFromAnObjectThatMayNotBeRead() {
    failing = 403;
    assertRefused("s3://shots/day/a", 3, "may not be read");

    failing = 500;
    assertThatThrownBy(() -> roots.read("s3://shots/day/a", 3)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldRefuseRootsThatAreNone() {
    assertThatThrownBy(() -> ImageRoots.of(List.of("http://host/"), S3Settings.AWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither a folder nor");
    assertThatThrownBy(() -> ImageRoots.of(List.of("/no/such/folder"), S3Settings.AWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is no folder");
    assertThatThrownBy(() -> ImageRoots.of(List.of("s3://UPPER/x"), S3Settings.AWS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(String uri, int size, String reason) {
    assertThatThrownBy(() -> roots.read(uri, size))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining(reason);
  }

  private S3Settings s3() {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "us-east-1");
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    byte[] object = objects.get(exchange.getRequestURI().getPath());
    try (exchange) {
      if (failing != 0) {
        exchange.sendResponseHeaders(failing, -1);
      } else if (object == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, object.length);
        exchange.getResponseBody().write(object);
      }
    }
  }
}
