package io.nirvanastreams.processor.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageLimits;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeChooser;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.reference.ImageRoots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broken images by the thousand, through decoding, batching and the network. */
class BrokenImagesTest {
  /** The short form; -Dnirvana.fuzz.images=100000 is the long one. */
  private static final int IMAGES = Integer.getInteger("nirvana.fuzz.images", 2_000);

  private static final Logger LOG = LoggerFactory.getLogger(BrokenImagesTest.class);
  private static final int SEED = Integer.getInteger("nirvana.fuzz.seed", 1);
  private static final int POLL = 250;
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Map<String, Integer> answers = new TreeMap<>();

  @Test
  void shouldAnswerEveryBrokenImage() throws Exception {
    List<byte[]> corpus = OddImages.corpus();
    Random random = new Random(SEED);
    ImageLimits limits = new ImageLimits(1 << 20, 1 << 20, 100, 1_000);
    try (InferenceScheduler scheduler =
        new InferenceScheduler(
            new BatchSettings(64, 2 * POLL, 2),
            new FakeChooser().with(0, Samples.model(1, new FakeNetwork())),
            new EventPixels(ImageRoots.none(), new ImageDecoder(limits)),
            new Counters())) {
      for (int sent = 0; sent < IMAGES; sent += POLL) {
        List<InferenceRequest> poll = new ArrayList<>();
        for (int i = 0; i < Math.min(POLL, IMAGES - sent); i++) {
          poll.add(new InferenceRequest(OddImages.event(OddImages.broken(corpus, random)), 1_000));
        }
        for (CompletableFuture<Inference> answer : scheduler.submit(poll, LONG)) {
          count(answer.get(LONG.toSeconds(), TimeUnit.SECONDS));
        }
      }
    }

    LOG.info("broken images: {}", answers);
    assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(IMAGES);
    assertThat(answers.get("embedded")).isGreaterThan(IMAGES / 100);
    assertThat(answers.get("undecodable")).isGreaterThan(IMAGES / 10);
  }

  private void count(Inference answer) {
    if (answer instanceof Inference.Undecodable undecodable) {
      assertThat(undecodable.reason()).isNotBlank().doesNotContain("the decoder failed");
      answers.merge("undecodable", 1, Integer::sum);
    } else {
      answers.merge("embedded", 1, Integer::sum);
    }
  }
}
