package io.nirvanastreams.processor.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file in memory: what is written to it outlives the process, however that ends, without a
 * call to the system; it need not outlive the machine. It has {@link #ENTRIES} entries of a state
 * and a key; state 0 is an empty one. An entry is for one thread at a time.
 */
final class JournalFile {
  static final int ENTRIES = 512;
  private static final long MAGIC = 0x4e49_5256_4a4f_0001L; // the last digits are the version

  /** Threads that write side by side must not share a line of a processor's cache. */
  private static final int LINE = 64;

  private static final int HEADER = LINE;
  private static final int STATE = 0;
  private static final int PARTITION = Long.BYTES;
  private static final int OFFSET = 2 * Long.BYTES;
  private static final int IDS = 3 * Long.BYTES;
  private static final int ENTRY = LINE;
  private static final int SIZE = HEADER + ENTRIES * ENTRY;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedByteBuffer memory;

  private JournalFile(MappedByteBuffer memory) {
    this.memory = memory;
  }

  /** Opens or makes the file; one that is something else is begun anew. */
  static JournalFile open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer memory = channel.map(MapMode.READ_WRITE, 0, SIZE);
      memory.order(ByteOrder.nativeOrder());
      if (memory.getLong(0) != MAGIC) {
        for (int at = 0; at < SIZE; at += Long.BYTES) {
          memory.putLong(at, 0);
        }
        memory.putLong(0, MAGIC);
      }
      return new JournalFile(memory);
    }
  }

  long state(int entry) {
    return (long) LONGS.getVolatile(memory, at(entry, STATE));
  }

  ImageKey key(int entry) {
    return new ImageKey(
        memory.getLong(at(entry, PARTITION)),
        memory.getLong(at(entry, OFFSET)),
        memory.getLong(at(entry, IDS)));
  }

  /** Writes the key, then the state: there is no moment with the state of another key. */
  void put(int entry, long state, ImageKey key) {
    clear(entry);
    memory.putLong(at(entry, PARTITION), key.partition());
    memory.putLong(at(entry, OFFSET), key.offset());
    memory.putLong(at(entry, IDS), key.ids());
    LONGS.setVolatile(memory, at(entry, STATE), state);
  }

  void clear(int entry) {
    LONGS.setRelease(memory, at(entry, STATE), 0L);
  }

  private static int at(int entry, int field) {
    return HEADER + entry * ENTRY + field;
  }
}
