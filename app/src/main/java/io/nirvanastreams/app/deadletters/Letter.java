package io.nirvanastreams.app.deadletters;

import io.nirvanastreams.processor.recognise.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * One dead letter without its bytes. Immutable.
 *
 * @param id where it lies
 * @param time when the record was made
 * @param source key of the record, which is the id of its camera; empty when it had none
 * @param reason why it could not be processed
 * @param exception the kind of failure
 * @param from where the record was
 * @param bytes length of the record's value, as much of it as there is here
 * @param cut whether the record did not fit here, so that only its source has it whole
 * @param redrivenBefore whether the record had been sent again already when it failed
 */
public record Letter(
    LetterId id,
    Instant time,
    String source,
    String reason,
    String exception,
    From from,
    int bytes,
    boolean cut,
    boolean redrivenBefore) {

  /**
   * Where a record was that could not be processed.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   */
  public record From(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  static Letter of(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    return new Letter(
        new LetterId(record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        text(headers, DeadLetter.MESSAGE),
        text(headers, DeadLetter.EXCEPTION),
        new From(
            text(headers, DeadLetter.TOPIC),
            (int) number(headers, DeadLetter.PARTITION),
            number(headers, DeadLetter.OFFSET)),
        record.value() == null ? 0 : record.value().length,
        headers.lastHeader(DeadLetter.CUT) != null,
        headers.lastHeader(Redrive.MARKER) != null);
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static long number(Headers headers, String name) {
    String digits = text(headers, name);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }
}
