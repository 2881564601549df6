package io.nirvanastreams.trainer.fetch;

/** Watches files come. Called by the fetching thread. */
public interface FetchListener {
  /** Watches nothing. */
  FetchListener NONE = new FetchListener() {};

  /** A file begins; it may be there already, and then nothing more is told of it. */
  default void onFile(RemoteFile file, boolean present) {}

  /** So many bytes of it are on the disk; after a fresh start fewer than before. */
  default void onBytes(RemoteFile file, long bytes) {}

  /** An attempt failed and another one follows. */
  default void onRetry(RemoteFile file, String reason) {}

  /** The archive is unpacked now. */
  default void onUnpack(RemoteFile file) {}
}
