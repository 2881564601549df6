package io.nirvanastreams.trainer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DataFetcherTest {
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private final List<String> retries = new ArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private FileServer server;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer().put("a.bin", CONTENT);
    sha256 = Sha256.of(Files.write(folder.resolve("original"), CONTENT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DataSet set(String... places) {
    List<URI> all = Stream.of(places).map(server::place).toList();
    RemoteFile file = new RemoteFile("a.bin", CONTENT.length, sha256, all);
    return new DataSet("things", "Things", "Free.", List.of(file), "", List.of("x", "y"));
  }

  private Path fetch(DataSet set, Origin origin) throws IOException {
    FetchListener listener =
        new FetchListener() {
          @Override
          public void onRetry(RemoteFile file, String reason) {
            retries.add(reason);
          }
        };
    DataFetcher fetcher =
        new DataFetcher(listener, time -> waits.add(time.toSeconds()), Unpacking.standard());
    return fetcher.fetch(set, origin, folder.resolve("to"));
  }

  private Path fetch(DataSet set) throws IOException {
    return fetch(set, new Origin.Official());
  }

  private Path part() throws IOException {
    return Files.createDirectories(folder.resolve("to/things")).resolve("a.bin.part");
  }

  private void assertWhole(Path things) throws IOException {
    assertThat(things).isEqualTo(folder.resolve("to/things"));
    assertThat(things.resolve("a.bin")).hasBinaryContent(CONTENT);
    assertThat(things.resolve("classes.txt")).hasContent("x\ny\n");
    try (Stream<Path> all = Files.list(things)) {
      assertThat(all).hasSize(2);
    }
  }

  @Test
  void shouldFetchAndNotFetchAgain() throws IOException {
    assertWhole(fetch(set("a.bin")));
    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin");
  }

  @Test
  void shouldGoOnWhereAConnectionBroke() throws IOException {
    server.breakAfter(100_000).breakAfter(50_000);

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests())
        .containsExactly("/a.bin", "/a.bin bytes=100000-", "/a.bin bytes=150000-");
    assertThat(retries).hasSize(2);
    // Each attempt brought something, so that the waits do not grow.
    assertThat(waits).containsExactly(1L, 1L);
  }

  @Test
  void shouldGoOnInALaterRun() throws IOException {
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin bytes=1000-");
  }

  @Test
  void shouldStartAfreshWhereTheServerKnowsNoRanges() throws IOException {
    server.withoutRanges().breakAfter(100_000);

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin", "/a.bin bytes=100000-");
  }

  @Test
  void shouldStartAfreshWhenTheFileChangedMeanwhile() throws IOException {
    Files.write(part(), new byte[1000]);
    Files.writeString(part().resolveSibling("a.bin.part.tag"), "\"old\"");

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin bytes=1000-");
  }

  @Test
  void shouldStartAfreshWhenThePartsDoNotFit() throws IOException {
    Files.write(part(), new byte[1000]);

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin bytes=1000-", "/a.bin");
    assertThat(retries).containsExactly("the parts do not fit each other");
  }

  @Test
  void shouldStartAfreshWhenTheRangeIsRefused() throws IOException {
    Files.write(part(), new byte[1000]);
    server.answerWith(416);

    assertWhole(fetch(set("a.bin")));

    assertThat(server.requests()).containsExactly("/a.bin bytes=1000-", "/a.bin");
  }

  @Test
  void shouldTryAgainWhenTheServerIsBusy() throws IOException {
    server.answerWith(503).answerWith(429).answerWith(500);

    assertWhole(fetch(set("a.bin")));

    assertThat(waits).containsExactly(1L, 2L, 4L);
  }

  @Test
  void shouldGiveUpAfterSomeAttempts() {
    server.answerWith(503).answerWith(503).answerWith(503).answerWith(503);

    assertThatThrownBy(() -> fetch(set("a.bin")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageContaining("4 attempts")
        .hasMessageContaining("status 503")
        .hasMessageContaining("--from");
  }

  @Test
  void shouldNotTryAgainWhatIsNotThere() {
    assertThatThrownBy(() -> fetch(set("absent.bin")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageContaining("status 404");
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldTakeTheNextPlace() throws IOException {
    assertWhole(fetch(set("absent.bin", "moved/a.bin")));

    assertThat(server.requests()).containsExactly("/absent.bin", "/moved/a.bin", "/a.bin");
  }

  @Test
  void shouldRefuseAnotherFileAndKeepNothingOfIt() throws IOException {
    byte[] other = CONTENT.clone();
    other[7]++;
    server.put("other.bin", other).put("long.bin", Arrays.copyOf(CONTENT, 400_000));

    assertThatThrownBy(() -> fetch(set("other.bin")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageContaining("is not the published a.bin")
        .hasMessageContaining(sha256);
    assertThatThrownBy(() -> fetch(set("long.bin"))).hasMessageContaining("longer than");
    assertThat(folder.resolve("to/things/a.bin")).doesNotExist();
    assertThat(folder.resolve("to/things/classes.txt")).doesNotExist();
  }

  @Test
  void shouldReplaceADamagedFile() throws IOException {
    Files.write(part().resolveSibling("a.bin"), new byte[CONTENT.length]);

    assertWhole(fetch(set("a.bin")));
  }

  @Test
  void shouldTakeFilesFromElsewhere() throws IOException {
    DataSet set = set("absent.bin");
    Path local = Files.createDirectories(folder.resolve("local"));
    Files.write(local.resolve("a.bin"), CONTENT);

    for (String from :
        List.of(
            local.toString(),
            local.resolve("a.bin").toString(),
            server.place("").toString(),
            server.place("a.bin").toString())) {
      assertWhole(fetch(set, Origin.parse(from, set)));
      Files.delete(folder.resolve("to/things/a.bin"));
    }
    Files.write(local.resolve("a.bin"), new byte[5]);
    assertThatThrownBy(() -> fetch(set, Origin.parse(local.toString(), set)))
        .hasMessageContaining("is not the published a.bin (5 bytes");
  }

  @Test
  void shouldSayWhatIsWrongWithAnOrigin() throws IOException {
    DataSet mnist = DataCatalogue.byName("mnist");
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> Origin.parse(folder.resolve("absent").toString(), mnist))
        .hasMessageContaining("check the path");
    assertThatThrownBy(() -> Origin.parse(file.toString(), mnist))
        .hasMessageContaining("4 files; give the folder");
    assertThatThrownBy(() -> Origin.parse("http://127.0.0.1/x", mnist))
        .hasMessageContaining("slash at the end");
    assertThatThrownBy(() -> fetch(mnist, Origin.parse(folder.toString(), mnist)))
        .hasMessageContaining("There is no file");
  }

  @Test
  void shouldUnpackAnArchiveAsAWholeOrNotAtAll() throws IOException {
    byte[] packed =
        new TarWriter()
            .file("inner/train.bin", "images".getBytes(StandardCharsets.UTF_8))
            .file("inner/readme.html", new byte[700])
            .toTarGz();
    String sum = Sha256.of(Files.write(folder.resolve("packed"), packed));
    RemoteFile file =
        new RemoteFile("b.tar.gz", packed.length, sum, List.of(server.place("b.tar.gz")));
    DataSet set = new DataSet("boxed", "", "", List.of(file), "inner", List.of());
    DataSet wrong = new DataSet("boxed", "", "", List.of(file), "other", List.of());
    server.put("b.tar.gz", packed);

    assertThatThrownBy(() -> fetch(wrong)).hasMessageContaining("no folder other");
    assertThat(folder.resolve("to/boxed")).doesNotExist();
    Path boxed = fetch(set);
    fetch(set);

    assertThat(boxed.resolve("train.bin")).hasContent("images");
    try (Stream<Path> all = Files.list(folder.resolve("to"))) {
      assertThat(all).containsExactly(boxed);
    }
    // The archive was whole: neither the second nor the third fetch asked for it.
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldKnowEveryDataSetOfTheExperiments() {
    assertThat(DataCatalogue.all())
        .extracting(DataSet::name)
        .containsExactly("mnist", "fashion-mnist", "cifar10", "cifar100", "svhn", "tiny-imagenet");
    assertThat(DataCatalogue.all()).allMatch(set -> !set.terms().isBlank() && set.bytes() > 1e7);
    assertThatThrownBy(() -> DataCatalogue.byName("mnits")).hasMessageContaining("fashion-mnist");
  }
}
