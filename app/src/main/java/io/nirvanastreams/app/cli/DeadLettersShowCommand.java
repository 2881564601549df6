package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.deadletters.DeadLetters;
import io.nirvanastreams.app.deadletters.Letter;
import io.nirvanastreams.app.deadletters.LetterFilter;
import io.nirvanastreams.app.deadletters.LetterId;
import io.nirvanastreams.app.ingest.MediaTypes;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one dead letter, and writes its bytes to a file. */
@Command(name = "show", description = "Show a dead letter, or write its bytes to a file.")
public final class DeadLettersShowCommand implements Callable<Integer> {
  private static final int WIDEST = 200;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "LETTER", description = "Id of the letter, as 'list' prints it.")
  private String id;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the record's value to a new file.")
  private Path output;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "Write the image inside the record to a new file.")
  private Path image;

  @Override
  public Integer call() throws IOException {
    LetterId letterId = LetterId.of(id);
    ClusterAccess access = kafka.reachable();
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters topic = new DeadLetters(access)) {
      ConsumerRecord<byte[], byte[]> record =
          topic
              .record(letterId)
              .orElseThrow(() -> new IllegalStateException("there is no dead letter " + id));
      DeadLetters.Contents contents =
          topic.read(new LetterFilter(Set.of(letterId), "", null, Instant.MIN, Instant.MAX));
      Letter letter = contents.letters().get(0);
      out.println("letter     " + letter.id());
      out.println("time       " + letter.time());
      out.println("source     " + text(letter.source()));
      out.println("reason     " + text(letter.reason()));
      out.println("failure    " + text(letter.exception()));
      out.println("from       " + letter.from());
      out.println("redriven   " + DeadLettersListCommand.redriven(letter, contents));
      out.println("bytes      " + letter.bytes() + (letter.cut() ? ", cut: see from" : ""));
      for (Header header : record.headers()) {
        if (!header.key().startsWith("__streams.errors.")) {
          out.println("header     " + text(header.key()) + " = " + text(header.value()));
        }
      }
      ImageEvent event = event(access, record.value());
      if (event == null) {
        out.println("event      none that can be read");
      } else {
        describe(event, out);
      }
      write(record.value(), output, out);
      if (image != null) {
        write(event == null ? null : bytes(event), image, out);
      }
    }
    return 0;
  }

  private static void describe(ImageEvent event, PrintWriter out) {
    out.println("event      " + text(event.getEventId()) + " of " + text(event.getSourceId()));
    out.println("captured   " + event.getCapturedAt());
    byte[] bytes = bytes(event);
    if (bytes != null) {
      out.println(
          "image      "
              + bytes.length
              + " bytes, said to be "
              + text(event.getMediaType())
              + ", begins as "
              + MediaTypes.of(bytes));
    }
    if (event.getReference() != null) {
      out.println(
          "reference  "
              + text(event.getReference().getUri())
              + ", "
              + event.getReference().getSize()
              + " bytes");
    }
  }

  private static ImageEvent event(ClusterAccess access, byte[] value) {
    try (Deserializer<ImageEvent> events = access.serdes().deserializer(ImageEvent.class)) {
      return value == null ? null : events.deserialize(access.topics().images().name(), value);
    } catch (SerializationException e) {
      return null;
    }
  }

  private static byte[] bytes(ImageEvent event) {
    ByteBuffer buffer = event.getBytes();
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void write(byte[] bytes, Path file, PrintWriter out) throws IOException {
    if (file == null) {
      return;
    }
    if (bytes == null) {
      throw new IllegalStateException("there are no such bytes in the letter; nothing is written");
    }
    if (Files.exists(file)) {
      throw new UsageException(file + " exists; name a new file");
    }
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    out.println("wrote      " + bytes.length + " bytes to " + file);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "-" : text(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String text(String text) {
    return text.isEmpty() ? "-" : DeadLettersListCommand.printable(text, WIDEST);
  }
}
