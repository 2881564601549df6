package io.nirvanastreams.records.signature;

import io.nirvanastreams.schemas.ModelManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The public Ed25519 keys of those whose models may answer: a file of PEM blocks, one key each.
 * Immutable; safe from any thread.
 */
public final class TrustedKeys {
  private final List<PublicKey> keys;

  private TrustedKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the keys of a file.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it holds no keys, or others than Ed25519
   */
  public static TrustedKeys read(Path file) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (byte[] encoded : Pem.read(Pem.PUBLIC, Files.readString(file))) {
      try {
        keys.add(
            KeyFactory.getInstance(SigningKey.ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(file + " holds a key that is not Ed25519", e);
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no public key");
    }
    return new TrustedKeys(keys);
  }

  /** Whether the manifest is signed by one of the keys and is as it was then. */
  public boolean trust(ModelManifest manifest) {
    ByteBuffer signature = manifest.getSignature();
    if (signature == null) {
      return false;
    }
    byte[] signed = new byte[signature.remaining()];
    signature.duplicate().get(signed);
    byte[] bytes = ManifestBytes.of(manifest);
    return keys.stream().anyMatch(key -> verifies(key, bytes, signed));
  }

  private static boolean verifies(PublicKey key, byte[] bytes, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
      signature.initVerify(key);
      signature.update(bytes);
      return signature.verify(signed);
    } catch (SignatureException e) {
      return false; // no Ed25519 signature at all
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key does not verify", e);
    }
  }
}
