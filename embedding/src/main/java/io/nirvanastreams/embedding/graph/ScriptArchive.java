package io.nirvanastreams.embedding.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bytes of a TorchScript archive: a zip file of stored entries with one class that has methods
 * and no tensors. The weights stay with the caller, who passes them to the methods; so an archive
 * is a few kilobytes whatever the network, and two versions of a model differ in nothing here.
 * Stateless.
 */
final class ScriptArchive {
  private static final String FOLDER = "graph/";
  private static final String MODULE = "__torch__";
  private static final String CLASS = "Graph";

  /** The type of {@code self} in the methods of an archive. */
  static final String SELF = MODULE + "." + CLASS;

  private ScriptArchive() {}

  /**
   * An archive of these methods.
   *
   * @param methods each the source of one, {@code def} and body, indented by two spaces, ending
   *     with a line break
   */
  static byte[] of(List<String> methods) {
    String source =
        "class "
            + CLASS
            + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + String.join("", methods);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "data.pkl", Pickle.object(MODULE, CLASS, "training"));
      store(zip, "code/" + MODULE + ".py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", Pickle.emptyTuple());
      store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("a zip file in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    // The same methods give the same bytes.
    entry.setTime(0);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
