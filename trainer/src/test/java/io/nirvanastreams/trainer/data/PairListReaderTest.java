package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairListReaderTest {
  private static final String TWO_FOLDS =
      "2\t1\nAda_L\t1\t4\nAda_L\t2\tBob\t1\nCy\t10\t11\nCy\t3\tDot\t12\n";

  @TempDir Path folder;

  private List<FacePair> read(String text) throws IOException {
    return PairListReader.read(Files.writeString(folder.resolve("pairs.txt"), text));
  }

  @Test
  void shouldReadFoldsOfSameAndDifferentPersons() throws IOException {
    List<FacePair> pairs = read(TWO_FOLDS);

    assertThat(pairs).extracting(FacePair::fold).containsExactly(0, 0, 1, 1);
    assertThat(pairs).extracting(FacePair::same).containsExactly(true, false, true, false);
    assertThat(pairs.get(0).second().path()).isEqualTo("Ada_L/Ada_L_0004.jpg");
    assertThat(pairs.get(3).first().path()).isEqualTo("Cy/Cy_0003.jpg");
    assertThat(pairs.get(3).second().path()).isEqualTo("Dot/Dot_0012.jpg");
  }

  @Test
  void shouldReadTheWholeSizeOfThePublishedList() throws IOException {
    StringBuilder text = new StringBuilder("10\t300\n");
    for (int fold = 0; fold < 10; fold++) {
      text.append("A\t1\t2\n".repeat(300)).append("A\t1\tB\t2\n".repeat(300));
    }

    List<FacePair> pairs = read(text.toString());

    assertThat(pairs).hasSize(6000);
    assertThat(pairs.stream().filter(FacePair::same)).hasSize(3000);
    assertThat(pairs.get(5999).fold()).isEqualTo(9);
  }

  @Test
  void shouldReadAListOfOneFold() throws IOException {
    assertThat(read("1\nA\t1\t2\nA\t1\tB\t1\n")).hasSize(2);
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertRefused("", "is empty");
    assertRefused("10 300\nA 1 2\n", "10 folds of 2 x 300 pairs, there are 1");
    assertRefused("x 1\n", "line 1 has no number: x");
    assertRefused("1 1 1\n", "line 1");
    assertRefused(TWO_FOLDS.replace("\t4", "\tfour"), "line 2 has no number: four");
    assertRefused(TWO_FOLDS.replace("Ada_L\t2\tBob\t1", "Ada_L\t2\t1"), "line 3");
    assertRefused(TWO_FOLDS.replace("Dot", "../Dot"), "line 5 has a name that is no folder's");
  }

  private void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("pairs.txt")
        .hasMessageContaining(reason);
  }
}
