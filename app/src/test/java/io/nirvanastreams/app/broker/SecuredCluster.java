package io.nirvanastreams.app.broker;

import io.nirvanastreams.app.registry.EmbeddedRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real broker with TLS, SASL/SCRAM over TLS, mutual TLS and ACLs, with certificates of its own
 * making. The broker itself and the registry come in by a plain listener, as super users.
 */
public final class SecuredCluster implements AutoCloseable {
  public static final String ADMIN = "admin";
  public static final String PASSWORD = "broker-secret-5f1d";

  private final Path directory;
  private final KafkaRaftServer server;
  private final EmbeddedRegistry registry;
  private final int sasl;
  private final int tls;

  private SecuredCluster(
      Path directory, KafkaRaftServer server, EmbeddedRegistry registry, int sasl, int tls) {
    this.directory = directory;
    this.server = server;
    this.registry = registry;
    this.sasl = sasl;
    this.tls = tls;
  }

  /** Starts one with these users; the password of a user is {@code NAME-secret}. */
  public static SecuredCluster start(Path directory, List<String> users) throws Exception {
    certificates(directory);
    int[] ports = ports(4);
    Path data = directory.resolve("data");
    Files.createDirectories(data);
    Properties properties = BrokerProperties.of(data, new Ports(ports[0], ports[1], 0));
    secure(properties, directory, ports);
    List<String> scram = new ArrayList<>();
    users.forEach(user -> scram.add(scram(user, password(user))));
    scram.add(scram(ADMIN, password(ADMIN)));
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(data.toString())
        .setDirectories(List.of(data.toString()))
        .setScramArguments(scram)
        .run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    EmbeddedRegistry registry = EmbeddedRegistry.start("127.0.0.1:" + ports[0], 0);
    return new SecuredCluster(directory, server, registry, ports[2], ports[3]);
  }

  public static String password(String user) {
    return user + "-secret-7c2e";
  }

  /** Where clients connect with SASL/SCRAM over TLS. */
  public String saslBootstrap() {
    return "127.0.0.1:" + sasl;
  }

  /** Where clients connect with a certificate. */
  public String tlsBootstrap() {
    return "127.0.0.1:" + tls;
  }

  public String schemaRegistryUrl() {
    return registry.url();
  }

  /** Settings of a client with a user name and a password. */
  public Map<String, String> client(String user, String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "SCRAM-SHA-512");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    settings.put("ssl.truststore.location", directory.resolve("trust.p12").toString());
    settings.put("ssl.truststore.password", PASSWORD);
    return settings;
  }

  /** Settings of a client with the certificate of {@code CN=camera}. */
  public Map<String, String> certificateClient() {
    return Map.of(
        "security.protocol",
        "SSL",
        "ssl.truststore.location",
        directory.resolve("trust.p12").toString(),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.keystore.location",
        directory.resolve("camera.p12").toString(),
        "ssl.keystore.password",
        PASSWORD);
  }

  @Override
  public void close() {
    registry.close();
    server.shutdown();
    server.awaitShutdown();
  }

  private static void secure(Properties p, Path directory, int[] ports) {
    String listeners =
        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,SSL://127.0.0.1:%d"
            .formatted(ports[0], ports[2], ports[3]);
    p.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + ports[1]);
    p.put("advertised.listeners", listeners);
    p.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL");
    p.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.put("listener.name.sasl_ssl.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    p.put("ssl.keystore.location", directory.resolve("broker.p12").toString());
    p.put("ssl.keystore.password", PASSWORD);
    p.put("ssl.truststore.location", directory.resolve("trust.p12").toString());
    p.put("ssl.truststore.password", PASSWORD);
    p.put("listener.name.ssl.ssl.client.auth", "required");
    p.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT");
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("allow.everyone.if.no.acl.found", "false");
    p.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
  }

  private static String scram(String user, String password) {
    return "SCRAM-SHA-512=[name=%s,password=%s,iterations=4096]".formatted(user, password);
  }

  private static void certificates(Path directory) throws Exception {
    Files.createDirectories(directory);
    for (String name : List.of("broker", "camera")) {
      keytool(
          directory,
          "-genkeypair -alias %s -keyalg EC -groupname secp256r1 -validity 30 -dname CN=%s"
                  .formatted(name, name)
              + " -ext SAN=ip:127.0.0.1,dns:localhost -storetype PKCS12 -keystore %s.p12"
                  .formatted(name));
      keytool(
          directory,
          "-exportcert -alias %s -keystore %s.p12 -file %s.crt".formatted(name, name, name));
      keytool(
          directory,
          "-importcert -noprompt -alias %s -file %s.crt -storetype PKCS12 -keystore trust.p12"
              .formatted(name, name));
    }
  }

  private static void keytool(Path directory, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool " + arguments + ": " + output);
    }
  }

  private static int[] ports(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      int[] ports = new int[count];
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        ports[i] = sockets.get(i).getLocalPort();
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
