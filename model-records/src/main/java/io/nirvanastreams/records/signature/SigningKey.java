package io.nirvanastreams.records.signature;

import io.nirvanastreams.schemas.ModelManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * An Ed25519 key that signs manifests: a PEM file with a PKCS #8 private key, as {@code openssl
 * genpkey -algorithm ed25519} makes it. Immutable; safe from any thread.
 */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Makes a pair of keys. The private key's file can be read by its owner alone; the public key is
   * added to the end of its file.
   *
   * @param privateFile must not be there
   * @param publicFile becomes, or is, a file of {@link TrustedKeys}
   * @throws IOException when a file cannot be written, or the private key's is there already
   */
  public static SigningKey generate(Path privateFile, Path publicFile) throws IOException {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has " + ALGORITHM, e);
    }
    for (Path file : List.of(privateFile, publicFile)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.createFile(
        privateFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(privateFile, Pem.write(Pem.PRIVATE, pair.getPrivate().getEncoded()));
    Files.writeString(
        publicFile,
        Pem.write(Pem.PUBLIC, pair.getPublic().getEncoded()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return new SigningKey(pair.getPrivate());
  }

  /** The key in a file, which is made with its public part when it is not there. */
  public static SigningKey readOrGenerate(Path privateFile, Path publicFile) throws IOException {
    if (!Files.exists(privateFile)) {
      try {
        return generate(privateFile, publicFile);
      } catch (FileAlreadyExistsException e) {
        return read(privateFile); // another process was quicker
      }
    }
    return read(privateFile);
  }

  /**
   * Reads a key.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it holds no Ed25519 private key
   */
  public static SigningKey read(Path file) throws IOException {
    List<byte[]> keys = Pem.read(Pem.PRIVATE, Files.readString(file));
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          file + " holds no private key; make one with 'nirvana models keygen'");
    }
    try {
      return new SigningKey(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no Ed25519 private key", e);
    }
  }

  /** The manifest with this key's signature over it; a signature that it has is replaced. */
  public ModelManifest sign(ModelManifest manifest) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(ManifestBytes.of(manifest));
      return ModelManifest.newBuilder(manifest)
          .setSignature(ByteBuffer.wrap(signature.sign()))
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key does not sign", e);
    }
  }
}
