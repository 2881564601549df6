package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.records.signature.TrustedKeys;
import io.nirvanastreams.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose models may answer. A signature that is there must be right, also where unsigned models are
 * allowed. The file of keys is read for every version anew, so that keys come and go without a
 * restart. Safe for any thread.
 *
 * @param keys file of {@link TrustedKeys}; null for none
 * @param allowUnsigned whether a manifest without a signature may answer
 */
public record ModelTrust(Path keys, boolean allowUnsigned) {
  /** Nothing is asked for. */
  public static final ModelTrust UNSIGNED = new ModelTrust(null, true);

  private static final String SIGN =
      "sign it with 'nirvana models sign', and name the public key's file by --trusted-keys";

  /**
   * Checks a manifest.
   *
   * @throws BadModelException when its model must not answer
   */
  void check(ModelManifest manifest) throws BadModelException {
    boolean signed = manifest.getSignature() != null;
    if (!signed && allowUnsigned) {
      return;
    }
    if (!signed) {
      throw new BadModelException(
          "the manifest is not signed", SIGN + ", or allow unsigned models");
    }
    if (keys == null && allowUnsigned) {
      return; // nobody is trusted more than anybody
    }
    if (keys == null || !Files.exists(keys)) {
      throw new BadModelException(
          "the manifest is signed, but no key is trusted"
              + (keys == null ? "" : ": there is no file " + keys),
          "name the file with the public keys by --trusted-keys");
    }
    try {
      if (!TrustedKeys.read(keys).trust(manifest)) {
        throw new BadModelException(
            "the signature is of none of the trusted keys, or the manifest was changed since",
            SIGN);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadModelException(
          "the trusted keys cannot be read: " + e.getMessage(), "mend the file " + keys, e);
    }
  }
}
