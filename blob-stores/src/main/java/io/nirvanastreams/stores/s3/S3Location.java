package io.nirvanastreams.stores.s3;

import java.util.List;

/**
 * A place in S3-compatible storage. Immutable.
 *
 * @param bucket the bucket
 * @param key the object's key, or the start of keys; may be empty, never begins with '/'
 */
public record S3Location(String bucket, String key) {
  private static final String SCHEME = "s3://";
  private static final int LONGEST_KEY = 1024;

  /**
   * Checks the names. Keys with empty, {@code .} or {@code ..} parts are refused: some servers lay
   * objects down as files.
   *
   * @throws IllegalArgumentException when bucket or key cannot be
   */
  public S3Location {
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "'" + bucket + "' is no bucket: 3 to 63 of a-z, 0-9, '.' and '-'");
    }
    List<String> parts = List.of(key.split("/", -1));
    boolean plain = parts.stream().noneMatch(List.of("", ".", "..")::contains);
    boolean printable = key.chars().noneMatch(Character::isISOControl);
    if (key.length() > LONGEST_KEY || !printable || (!key.isEmpty() && !plain)) {
      throw new IllegalArgumentException("'" + key + "' is no key inside a bucket");
    }
  }

  /**
   * The place that {@code s3://BUCKET/KEY} names; a '/' at its end is left out.
   *
   * @throws IllegalArgumentException for an address of another kind
   */
  public static S3Location of(String uri) {
    if (!uri.startsWith(SCHEME)) {
      throw new IllegalArgumentException("'" + uri + "' is no address of the form s3://BUCKET/KEY");
    }
    String rest = uri.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    return new S3Location(
        slash < 0 ? rest : rest.substring(0, slash),
        key.endsWith("/") ? key.substring(0, key.length() - 1) : key);
  }

  /** A place below this one. */
  public S3Location resolve(String name) {
    return new S3Location(bucket, key.isEmpty() ? name : key + "/" + name);
  }

  /** Whether another place is this one or below it: equal parts, not just an equal start. */
  public boolean contains(S3Location other) {
    return bucket.equals(other.bucket)
        && (key.isEmpty() || other.key.equals(key) || other.key.startsWith(key + "/"));
  }

  /** The address, {@code s3://BUCKET/KEY}. */
  public String uri() {
    return key.isEmpty() ? SCHEME + bucket : SCHEME + bucket + "/" + key;
  }
}
