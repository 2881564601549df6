package io.nirvanastreams.stores.s3;

import java.net.URI;

/**
 * How to reach S3-compatible storage. Credentials are not among the settings: they come from where
 * the AWS SDK looks for them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, a web
 * identity token, the machine's role), and never from a record. Immutable.
 *
 * @param endpoint a server other than AWS, such as MinIO's {@code http://host:9000}; null for AWS
 * @param region the region; empty for what the SDK finds, else {@value #ANY_REGION}
 */
public record S3Settings(URI endpoint, String region) {
  static final String ANY_REGION = "us-east-1";

  /** AWS itself, in the region that the SDK finds. */
  public static final S3Settings AWS = new S3Settings(null, "");

  /**
   * Checks the endpoint.
   *
   * @throws IllegalArgumentException when it is no http or https URL
   */
  public S3Settings {
    if (endpoint != null
        && (endpoint.getHost() == null
            || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme())))) {
      throw new IllegalArgumentException(
          "'" + endpoint + "' is no endpoint of the form http://HOST:PORT");
    }
  }

  /**
   * Settings as people write them; empty strings for what is not set.
   *
   * @throws IllegalArgumentException when the endpoint is no http or https URL
   */
  public static S3Settings of(String endpoint, String region) {
    return new S3Settings(endpoint.isBlank() ? null : URI.create(endpoint), region);
  }
}
