package io.nirvanastreams.stores.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The last record of a folder on a topic: where its chunks begin, and its index.
 *
 * @param firstOffset offset of the first chunk when it was written
 * @param index the files
 */
record ChunkIndex(long firstOffset, FolderIndex index) {
  /** Length of all chunks but the last of a file, in bytes. */
  static final int CHUNK = 512 * 1024;

  static final String KEY_END = "index";

  static String key(String prefix, FolderIndex.Entry entry, int chunk) {
    return prefix + entry.name() + "/" + chunk;
  }

  static int chunks(FolderIndex.Entry entry) {
    return Math.toIntExact((entry.size() + CHUNK - 1) / CHUNK);
  }

  static ChunkIndex of(byte[] value) throws IOException {
    if (value.length < Long.BYTES) {
      throw new IOException("the stored index is too short");
    }
    byte[] text = new byte[value.length - Long.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(value);
    long first = buffer.getLong();
    buffer.get(text);
    return new ChunkIndex(first, FolderIndex.of(text));
  }

  byte[] value() {
    byte[] text = index.text();
    return ByteBuffer.allocate(Long.BYTES + text.length).putLong(firstOffset).put(text).array();
  }
}
