package io.nirvanastreams.embedding.graph;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few opcodes of Python's pickle format, protocol 2, that a script archive needs: an
 * object with boolean attributes, and the empty tuple. One thread.
 */
final class Pickle {
  private static final int PROTOCOL = 0x80;
  private static final int NEW_OBJECT = 0x81;
  private static final int FALSE = 0x89;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Pickle() {
    out.write(PROTOCOL);
    out.write(2);
  }

  /** {@code ()}. */
  static byte[] emptyTuple() {
    Pickle pickle = new Pickle();
    pickle.out.write(')');
    return pickle.end();
  }

  /** An object of a class, made without arguments, with one attribute that is false. */
  static byte[] object(String module, String name, String attribute) {
    Pickle pickle = new Pickle();
    pickle.out.write('c');
    pickle.out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    pickle.out.write(')');
    pickle.out.write(NEW_OBJECT);
    pickle.out.write('}');
    pickle.out.write('(');
    pickle.string(attribute);
    pickle.out.write(FALSE);
    pickle.out.write('u');
    pickle.out.write('b');
    return pickle.end();
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(bytes.length >>> shift);
    }
    out.writeBytes(bytes);
  }

  private byte[] end() {
    out.write('.');
    return out.toByteArray();
  }
}
