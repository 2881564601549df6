package io.nirvanastreams.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An authority, the certificate that it signed for the broker, and an authority that nobody asked:
 * what a team gets from its own, made by Java's keytool.
 *
 * @param folder where the files are
 */
record Certificates(Path folder) {
  static final String PASSWORD = "keystore-secret-5f1d";
  private static final String KEY = " -keyalg EC -groupname secp256r1 -validity 30";

  /**
   * Makes them.
   *
   * @param host this machine as the broker's clients know it, beside localhost
   */
  static Certificates make(Path folder, String host) throws Exception {
    Certificates certificates = new Certificates(folder);
    for (String name : List.of("ca", "stranger")) {
      String store = " -alias %s -keystore %s.p12".formatted(name, name);
      certificates.keytool("-genkeypair -dname CN=%s -ext bc:c".formatted(name) + KEY + store);
      certificates.keytool("-exportcert -rfc -file %s.pem".formatted(name) + store);
    }
    String broker = " -alias broker -keystore broker.p12";
    String names = "dns:localhost,dns:broker,ip:127.0.0.1" + more(host);
    certificates.keytool("-genkeypair -dname CN=broker" + KEY + broker);
    certificates.keytool("-certreq -file broker.csr" + broker);
    certificates.keytool(
        "-gencert -rfc -infile broker.csr -outfile broker.pem -alias ca -keystore ca.p12 -validity 30"
            + " -ext SAN="
            + names);
    certificates.keytool("-importcert -noprompt -file ca.pem -alias ca -keystore broker.p12");
    certificates.keytool("-importcert -noprompt -file broker.pem" + broker);
    return certificates;
  }

  /** The broker's key and its chain of certificates. */
  Path broker() {
    return folder.resolve("broker.p12");
  }

  /** The authority that signed for the broker, as PEM. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  /** An authority that signed nothing here, as PEM. */
  Path stranger() {
    return folder.resolve("stranger.pem");
  }

  private static String more(String host) {
    if (host.equals("localhost") || host.equals("127.0.0.1")) {
      return "";
    }
    return Character.isDigit(host.charAt(0)) ? ",ip:" + host : ",dns:" + host;
  }

  private void keytool(String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool " + arguments + ": " + output);
    }
  }
}
