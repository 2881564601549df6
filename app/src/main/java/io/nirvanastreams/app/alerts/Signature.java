package io.nirvanastreams.app.alerts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says that a body comes from who has the secret, and when it was sent: {@code v1=} and the
 * HMAC-SHA256 over {@code TIMESTAMP.BODY} in hexadecimal. The time is signed so that a receiver can
 * refuse what somebody recorded and sends again. Stateless.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * Signs.
   *
   * @param secret bytes that the receiver has too
   * @param seconds when it is sent, seconds since 1970
   * @param body as it goes over the wire
   */
  public static String of(byte[] secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
