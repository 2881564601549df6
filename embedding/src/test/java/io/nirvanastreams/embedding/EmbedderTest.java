package io.nirvanastreams.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmbedderTest {
  private static final InputShape DIGIT = new InputShape(1, 28, 28);
  private static final ModelSpec SPEC =
      new ModelSpec("m", 1, "lenet-small", Map.of(), DIGIT, List.of("a", "b"), 32, 6);
  private static final Map<String, Tensor> WEIGHTS =
      Weights.draw(Networks.byName("lenet-small", Map.of(), DIGIT, 32), 1);

  @TempDir Path root;

  @Test
  void shouldEmbedAnyNumberOfImagesInOrder() throws Exception {
    List<byte[]> images = images(150);
    try (Embedder embedder = load(EmbedderOptions.cpu())) {
      List<Embedding> all = embedder.embed(images);

      assertThat(all).hasSize(150);
      assertThat(all.get(0).feature()).hasSize(32);
      assertThat(all.get(0).representation()).hasSize(64);
      for (int i : new int[] {0, 63, 64, 149}) {
        Embedding alone = embedder.embed(List.of(images.get(i))).get(0);
        assertThat(all.get(i).feature()).containsExactly(alone.feature(), Offset.offset(1e-4f));
      }
      assertThat(embedder.embed(List.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"5,BLOCKS", "16,BLOCKS", "33,BLOCKS", "5,GRAPH", "16,GRAPH", "33,GRAPH"})
  void shouldGiveTheSameBitsInAnyCompanyWhenTheBatchIsFixed(int fixedBatch, Execution execution)
      throws Exception {
    List<byte[]> images = images(200);
    EmbedderOptions options =
        new EmbedderOptions("cpu", fixedBatch).in(new ExecutionSettings(execution, Precision.FP32));
    try (Embedder embedder = load(options)) {
      List<Embedding> together = embedder.embed(images);
      Random random = new Random(4);
      List<Integer> order = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
      for (int round = 0; round < 4; round++) {
        Collections.shuffle(order, random);
        int start = 0;
        while (start < order.size()) {
          int end = Math.min(order.size(), start + 1 + random.nextInt(40));
          List<Integer> group = order.subList(start, end);
          List<Embedding> some = embedder.embed(group.stream().map(images::get).toList());
          for (int i = 0; i < group.size(); i++) {
            Embedding expected = together.get(group.get(i));
            assertThat(some.get(i).feature()).isEqualTo(expected.feature());
            assertThat(some.get(i).representation()).isEqualTo(expected.representation());
          }
          start = end;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKS", "GRAPH"})
  void shouldServeManyThreadsAtOnce(Execution execution) throws Exception {
    List<byte[]> images = images(40);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    EmbedderOptions options =
        new EmbedderOptions("cpu", 8).in(new ExecutionSettings(execution, Precision.FP32));
    try (Embedder embedder = load(options)) {
      List<float[]> expected = features(embedder.embed(images));
      List<Future<List<Embedding>>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(threads.submit(() -> embedder.embed(images)));
      }
      for (Future<List<Embedding>> call : calls) {
        assertThat(features(call.get())).usingRecursiveComparison().isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldRefuseWorkAfterClose() throws Exception {
    Embedder embedder = load(EmbedderOptions.cpu());
    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.embed(images(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldRefuseImagesOfAnotherSize() throws Exception {
    try (Embedder embedder = load(EmbedderOptions.cpu())) {
      assertThatThrownBy(() -> embedder.embed(List.of(new byte[7])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("7 bytes are no image of 1x28x28");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKS", "GRAPH"})
  void shouldNotGrowWhenModelsComeAndGo(Execution execution) throws Exception {
    List<byte[]> images = images(64);
    // Wide enough that 60 unfreed copies would stand out: 4.5 MB of weights each.
    Map<String, String> wide = Map.of("hidden", "2000");
    Map<String, Tensor> weights = Weights.draw(Networks.byName("lenet-small", wide, DIGIT, 32), 1);
    ModelSpec spec = new ModelSpec("wide", 1, "lenet-small", wide, DIGIT, List.of("a"), 32, 6);
    EmbedderOptions options =
        EmbedderOptions.cpu().in(new ExecutionSettings(execution, Precision.FP32));
    long before = 0;
    for (int i = 0; i < 100; i++) {
      if (i % 10 == 0) {
        // Weights come to the engine in buffers outside the heap, which the collector gives back.
        System.gc();
      }
      if (i == 40) {
        before = residentMegabytes();
      }
      try (Embedder embedder = Embedder.load(spec, weights, options)) {
        embedder.embed(images);
      }
    }

    assertThat(residentMegabytes() - before).isLessThan(120);
  }

  @Test
  void shouldRefuseWeightsThatCannotServe() throws Exception {
    Map<String, Tensor> weights = new HashMap<>(WEIGHTS);
    float[] values = new float[32];
    values[3] = Float.NaN;
    weights.put("fc.bias", new Tensor(values, new long[] {32}));
    assertThatThrownBy(() -> Embedder.load(SPEC, weights, EmbedderOptions.cpu()))
        .isInstanceOf(BadModelException.class)
        .hasMessageContaining("fc.bias holds a value that is not finite");

    weights.remove("fc.bias");
    assertThatThrownBy(() -> Embedder.load(SPEC, weights, EmbedderOptions.cpu()))
        .isInstanceOf(BadModelException.class)
        .hasMessageContaining("needs the tensor fc.bias");
  }

  @Test
  void shouldRefuseAnUnknownDevice() throws Exception {
    ModelArtifact artifact = ModelArtifacts.write(root, SPEC, WEIGHTS);

    assertThatThrownBy(() -> Embedder.load(artifact, new EmbedderOptions("tpu", 0)))
        .hasMessageContaining("cpu, gpu:N or auto");
  }

  private Embedder load(EmbedderOptions options) throws IOException, BadModelException {
    return Embedder.load(ModelArtifacts.write(root, SPEC, WEIGHTS), options);
  }

  private static List<float[]> features(List<Embedding> embeddings) {
    return embeddings.stream().map(Embedding::feature).toList();
  }

  private static List<byte[]> images(int count) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[DIGIT.size()];
      random.nextBytes(image);
      images.add(image);
    }
    return images;
  }

  private static long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IllegalStateException("no VmRSS");
  }
}
