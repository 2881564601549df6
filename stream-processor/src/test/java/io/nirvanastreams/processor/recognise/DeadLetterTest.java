package io.nirvanastreams.processor.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.limit.RecordLimits;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  @Test
  void shouldKeepTheHeadersAndSayOnlyWhyItFailedLast() {
    Headers own = new RecordHeaders().add("trace", new byte[] {7});
    DeadLetter first = letter(own, new byte[1], new byte[9], "broken");

    DeadLetter second = letter(first.headers(), new byte[1], new byte[9], "still\nbroken");

    assertThat(second.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(second.headers().headers(DeadLetter.MESSAGE)).hasSize(1);
    assertThat(text(second, DeadLetter.MESSAGE)).isEqualTo("still broken");
    assertThat(text(second, DeadLetter.TOPIC)).isEqualTo("images");
    assertThat(text(second, DeadLetter.OFFSET)).isEqualTo("41");
  }

  @Test
  void shouldGoWholeWhereItFits() {
    DeadLetter letter = letter(new RecordHeaders(), new byte[1], new byte[9_000], "broken");

    assertThat(letter.within(10_000)).isSameAs(letter);
  }

  @Test
  void shouldCutWhatDoesNotFitAndSayHowMuchThereWas() {
    DeadLetter cut =
        letter(new RecordHeaders().add("trace", new byte[2]), new byte[3], new byte[20_000], "x")
            .within(10_000);

    assertThat(RecordLimits.size(cut.key(), cut.value(), cut.headers())).isEqualTo(10_000);
    assertThat(text(cut, DeadLetter.CUT)).isEqualTo("20000");
    assertThat(cut.key()).hasSize(3);
    assertThat(cut.headers().lastHeader("trace")).isNotNull();
  }

  @Test
  void shouldCutHugeKeysAndHeadersToo() {
    DeadLetter cut =
        letter(
                new RecordHeaders().add("trace", new byte[9_000]),
                new byte[9_000],
                new byte[5_000],
                "x".repeat(9_000))
            .within(10_000);

    assertThat(RecordLimits.size(cut.key(), cut.value(), cut.headers())).isLessThan(10_000);
    assertThat(cut.key()).isNull();
    assertThat(cut.value()).hasSize(5_000);
    assertThat(text(cut, DeadLetter.CUT)).isEqualTo("5000");
    assertThat(text(cut, DeadLetter.PARTITION)).isEqualTo("2");
  }

  private static DeadLetter letter(Headers headers, byte[] key, byte[] value, String reason) {
    return DeadLetter.of(
        key, value, new DeadLetter.Source("images", 2, 41, headers), "Broken", reason);
  }

  private static String text(DeadLetter letter, String header) {
    return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }
}
