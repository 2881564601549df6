package io.nirvanastreams.records.signature;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM, the text that OpenSSL reads and writes. Stateless. */
final class Pem {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private Pem() {}

  static String write(String type, byte[] encoded) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + type
        + "-----\n";
  }

  /**
   * What the blocks of a type hold; other text is left out, so that people can write beside it.
   *
   * @throws IllegalArgumentException when one is no Base64
   */
  static List<byte[]> read(String type, String text) {
    Matcher blocks =
        Pattern.compile(
                "-----BEGIN " + type + "-----([A-Za-z0-9+/=\\s]*)-----END " + type + "-----")
            .matcher(text);
    List<byte[]> read = new ArrayList<>();
    while (blocks.find()) {
      read.add(Base64.getMimeDecoder().decode(blocks.group(1)));
    }
    return read;
  }
}
