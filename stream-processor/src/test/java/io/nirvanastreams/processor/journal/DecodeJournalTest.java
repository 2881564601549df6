package io.nirvanastreams.processor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceRequest.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A death is a journal that another one is opened beside, while images are in work in the first.
 */
@Timeout(60)
class DecodeJournalTest {
  private static final byte[] PIXELS = {1};

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() {
    end.countDown();
    threads.shutdown();
  }

  @Test
  void shouldRefuseAnImageThatWasDecodedAloneWhenTheProcessDiedTwice() throws Exception {
    die(open(), image(5));
    die(open(), image(5));
    die(open(), image(5));

    DecodeJournal journal = open();

    assertThatThrownBy(() -> journal.decode(image(5), () -> PIXELS))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("the decoder ended the process");
    assertThat(journal.decode(image(6), () -> PIXELS)).isEqualTo(PIXELS);
    assertThatThrownBy(() -> open().decode(image(5), () -> PIXELS))
        .as("after another start, before the answer was committed")
        .isInstanceOf(UndecodableImageException.class);
  }

  @Test
  void shouldClearASuspectThatDecodes() throws Exception {
    die(open(), image(5));
    die(open(), image(5));
    assertThat(open().decode(image(5), () -> PIXELS)).isEqualTo(PIXELS);

    die(open(), image(5));
    die(open(), image(5));

    assertThat(open().decode(image(5), () -> PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void shouldClearASuspectThatIsUndecodableForAnotherReason() throws Exception {
    die(open(), image(5));
    die(open(), image(5));
    DecodeJournal journal = open();
    assertThatThrownBy(() -> journal.decode(image(5), DecodeJournalTest::truncated))
        .hasMessage("truncated");

    die(open(), image(5));

    assertThat(open().decode(image(5), () -> PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void shouldNeverRefuseWhatDiedInCompany() throws Exception {
    for (int death = 0; death < 20; death++) {
      // Not the same companions: who is a suspect is decoded alone.
      die(open(), image(100 + 2 * death), image(101 + 2 * death));
    }

    DecodeJournal journal = open();
    for (int offset = 100; offset < 140; offset++) {
      assertThat(journal.decode(image(offset), () -> PIXELS)).isEqualTo(PIXELS);
    }
  }

  @Test
  void shouldDecodeASuspectWhileNothingElseIsDecoded() throws Exception {
    die(open(), image(1), image(2), image(3));
    DecodeJournal journal = open();
    AtomicInteger inWork = new AtomicInteger();
    List<Future<Integer>> beside = new ArrayList<>();
    for (int offset = 0; offset < 64; offset++) {
      InferenceRequest request = image(offset);
      AtomicInteger most = new AtomicInteger();
      beside.add(
          threads.submit(
              () -> {
                journal.decode(
                    request,
                    () -> {
                      most.set(inWork.incrementAndGet());
                      Thread.onSpinWait();
                      inWork.decrementAndGet();
                      return PIXELS;
                    });
                return most.get();
              }));
    }

    for (int offset = 1; offset <= 3; offset++) {
      assertThat(beside.get(offset).get()).isEqualTo(1);
    }
    for (Future<Integer> one : beside) {
      assertThat(one.get()).isPositive();
    }
  }

  @Test
  void shouldNotTakeAnotherImageAtTheSamePlaceForTheRefusedOne() throws Exception {
    for (int death = 0; death < 3; death++) {
      die(open(), image(5));
    }

    InferenceRequest other =
        new InferenceRequest(Samples.event("of a topic made anew", 1), 0, new Position(0, 5));

    assertThat(open().decode(other, () -> PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void shouldKeepNoMoreSuspectsThanItHasRoomFor() throws Exception {
    for (int death = 0; death < 3; death++) {
      die(open(), image(5));
    }
    for (int death = 0; death < JournalFile.ENTRIES; death++) {
      die(open(), image(1_000 + death));
    }

    DecodeJournal journal = open();

    assertThat(journal.decode(image(1_000), () -> PIXELS)).isEqualTo(PIXELS);
    assertThatThrownBy(() -> journal.decode(image(5), () -> PIXELS))
        .as("suspects give way to what is proved")
        .isInstanceOf(UndecodableImageException.class);
  }

  @Test
  void shouldBeginAnewWhereTheFileIsSomethingElse() throws Exception {
    Files.writeString(folder.resolve("journal"), "something else", StandardCharsets.UTF_8);

    assertThat(open().decode(image(5), () -> PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void shouldDecodeWhatHasNoPlaceInTheStream() throws Exception {
    InferenceRequest replayed = new InferenceRequest(Samples.event("e", 1), 0);

    assertThat(open().decode(replayed, () -> PIXELS)).isEqualTo(PIXELS);
  }

  @Test
  void shouldSayWhatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> DecodeJournal.open(file.resolve("journal")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be written to");
  }

  /** Leaves images in work for good. */
  private void die(DecodeJournal journal, InferenceRequest... requests) throws Exception {
    CountDownLatch inWork = new CountDownLatch(requests.length);
    for (InferenceRequest request : requests) {
      var unused =
          threads.submit(
              () ->
                  journal.decode(
                      request,
                      () -> {
                        inWork.countDown();
                        await(end);
                        return PIXELS;
                      }));
    }
    inWork.await();
  }

  private static byte[] truncated() throws UndecodableImageException {
    throw new UndecodableImageException("truncated");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private DecodeJournal open() {
    return DecodeJournal.open(folder.resolve("journal"));
  }

  private static InferenceRequest image(long offset) {
    return new InferenceRequest(Samples.event("e" + offset, 1), 0, new Position(0, offset));
  }
}
