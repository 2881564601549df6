package io.nirvanastreams.stores.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads and writes objects in S3-compatible storage, through the AWS SDK over the JDK's own HTTP
 * connections. Whoever needs to trust what was read checks a hash. Requests are tried again as the
 * SDK does by default, each within a time limit, so that a dead server costs a bounded time. Safe
 * for any thread.
 */
public final class S3Objects implements AutoCloseable {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration READ_PATIENCE = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  private final S3Client client;

  /** An object has more bytes than are read. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  /** A client with the credentials that the SDK finds; nothing is asked of the server yet. */
  public S3Objects(S3Settings settings) {
    this(settings, DefaultCredentialsProvider.builder().build());
  }

  /** A client with these credentials. */
  public S3Objects(S3Settings settings, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .region(region(settings))
            // Servers other than AWS do not all know the newer checksums; ours are SHA-256.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // Nor do they all know bodies that are signed piece by piece.
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_PATIENCE)
                    .socketTimeout(READ_PATIENCE));
    if (settings.endpoint() != null) {
      // A bucket as a host name needs a wildcard in DNS, which a server of one's own seldom has.
      builder.endpointOverride(settings.endpoint()).forcePathStyle(true);
    }
    client = builder.build();
  }

  /**
   * Reads an object.
   *
   * @param largest most bytes that are read
   * @throws NoSuchFileException when there is no such object
   * @throws AccessDeniedException when it may not be read
   * @throws TooLargeException when it is larger
   * @throws IOException when it cannot be read
   */
  public byte[] read(S3Location location, int largest) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(location, largest)) {
      // The stated length may be a lie, so reading stops by itself as well.
      byte[] bytes = object.readNBytes(largest);
      requireEnd(object, location, largest);
      return bytes;
    } catch (SdkException e) {
      throw failure("read", location, e);
    }
  }

  /**
   * Reads an object into a new file.
   *
   * @param largest most bytes that are read
   * @throws NoSuchFileException when there is no such object
   * @throws IOException when it is larger, or cannot be read; the file may be there in part
   */
  public void read(S3Location location, Path file, long largest) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(location, largest);
        var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long left = largest;
      int count;
      while (left > 0 && (count = object.read(buffer, 0, (int) Math.min(left, 1 << 16))) >= 0) {
        out.write(buffer, 0, count);
        left -= count;
      }
      requireEnd(object, location, largest);
    } catch (SdkException e) {
      throw failure("read", location, e);
    }
  }

  /** Writes an object; one that is there is replaced. */
  public void write(S3Location location, byte[] bytes) throws IOException {
    write(location, RequestBody.fromBytes(bytes));
  }

  /** Writes a file as an object; one that is there is replaced. */
  public void write(S3Location location, Path file) throws IOException {
    write(location, RequestBody.fromFile(file));
  }

  /**
   * Whether there is such an object.
   *
   * @throws IOException when the server does not say
   */
  public boolean exists(S3Location location) throws IOException {
    try {
      var unused =
          client.headObject(
              HeadObjectRequest.builder().bucket(location.bucket()).key(location.key()).build());
      return true;
    } catch (SdkException e) {
      if (e instanceof S3Exception known && known.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failure("look for", location, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private ResponseInputStream<GetObjectResponse> open(S3Location location, long largest)
      throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> object =
          client.getObject(
              GetObjectRequest.builder().bucket(location.bucket()).key(location.key()).build());
      Long length = object.response().contentLength();
      if (length != null && length > largest) {
        object.abort();
        throw tooLarge(location, largest);
      }
      return object;
    } catch (SdkException e) {
      throw failure("read", location, e);
    }
  }

  private void write(S3Location location, RequestBody body) throws IOException {
    try {
      var unused =
          client.putObject(
              PutObjectRequest.builder().bucket(location.bucket()).key(location.key()).build(),
              body);
    } catch (SdkException e) {
      throw failure("write", location, e);
    }
  }

  private static void requireEnd(InputStream object, S3Location location, long largest)
      throws IOException {
    if (object.read() >= 0) {
      throw tooLarge(location, largest);
    }
  }

  private static IOException tooLarge(S3Location location, long largest) {
    return new TooLargeException(location.uri() + " has more than " + largest + " bytes");
  }

  private static IOException failure(String verb, S3Location location, SdkException cause) {
    if (cause instanceof S3Exception known && known.statusCode() == NOT_FOUND) {
      NoSuchFileException absent =
          new NoSuchFileException(location.uri(), null, "there is no such object or bucket");
      absent.initCause(cause);
      return absent;
    }
    if (cause instanceof S3Exception known && known.statusCode() == FORBIDDEN) {
      AccessDeniedException denied =
          new AccessDeniedException(
              "cannot " + verb + " " + location.uri(), null, cause.getMessage());
      denied.initCause(cause);
      return denied;
    }
    return new IOException(
        "cannot " + verb + " " + location.uri() + ": " + cause.getMessage(), cause);
  }

  private static Region region(S3Settings settings) {
    if (!settings.region().isBlank()) {
      return Region.of(settings.region());
    }
    try {
      if (settings.endpoint() == null) {
        return DefaultAwsRegionProviderChain.builder().build().getRegion();
      }
    } catch (SdkException e) {
      // None is configured; AWS redirects to the bucket's own, and other servers ignore it.
      return Region.of(S3Settings.ANY_REGION);
    }
    return Region.of(S3Settings.ANY_REGION);
  }
}
