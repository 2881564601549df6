package io.nirvanastreams.app.alerts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The mosquitto of this machine: one listener, TLS, a user with a password, nobody else. */
final class Mosquitto implements AutoCloseable {
  static final String USER = "alerts";
  static final String PASSWORD = "mosquitto-secret-41";

  private static final File PROGRAM = new File("/usr/sbin/mosquitto");
  private static final File PASSWORDS = new File("/usr/bin/mosquitto_passwd");
  private static final String STORE = "store-secret";

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Skips the test where there is no mosquitto. */
  static void assumePresent() {
    boolean present = PROGRAM.canExecute() && PASSWORDS.canExecute();
    if (!present) {
      System.out.println(
          "SKIPPED: alerts over MQTT need " + PROGRAM + "; apt-get install mosquitto");
    }
    assumeTrue(present, "no " + PROGRAM);
  }

  static Mosquitto start(Path folder) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Mosquitto mosquitto = new Mosquitto(folder, port);
    mosquitto.writeCertificate();
    run(PASSWORDS.toString(), "-c", "-b", folder.resolve("users").toString(), USER, PASSWORD);
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        listener %d 127.0.0.1
        certfile %s
        keyfile %s
        allow_anonymous false
        password_file %s
        user %s
        """
            .formatted(
                port,
                folder.resolve("server.pem"),
                folder.resolve("server.key"),
                folder.resolve("users"),
                System.getProperty("user.name")));
    mosquitto.launch();
    return mosquitto;
  }

  private void launch() throws IOException {
    process =
        new ProcessBuilder(PROGRAM.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  String uri() {
    return "mqtts://127.0.0.1:" + port;
  }

  /** The certificate, which is its own authority. */
  Path authority() {
    return folder.resolve("server.pem");
  }

  private void writeCertificate() throws Exception {
    Path store = folder.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        keytool,
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        STORE);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE.toCharArray());
    }
    pem("server.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    pem("server.key", "PRIVATE KEY", keys.getKey("server", STORE.toCharArray()).getEncoded());
  }

  private void pem(String file, String type, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, body));
  }

  private static void run(String... command) throws Exception {
    Process one = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (one.waitFor() != 0) {
      throw new IOException(command[0] + ": " + output);
    }
  }

  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    launch();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
