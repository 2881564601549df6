package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.trainer.TestTasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {
  private static final TrainingTask TASK =
      TestTasks.of(2, TestTasks.recipe(Map.of("epochs", "2")), 1);

  private static String shown(boolean moving) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Trainer.train(TASK.withListener(new ProgressBar(out, moving)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldPrintPlainLinesWhereThereIsNoTerminal() {
    String shown = shown(false);

    assertThat(shown).doesNotContain("\r").contains("80 images of 2 classes");
    assertThat(shown.lines().filter(line -> line.startsWith("epoch "))).hasSize(2);
    assertThat(shown).endsWith("selected" + System.lineSeparator());
  }

  @Test
  void shouldMoveABarOnATerminal() {
    assertThat(shown(true)).contains("\repoch 1/2 [").contains("100%");
  }

  @Test
  void shouldRecordCurves(@TempDir Path folder) throws IOException {
    TrainedModel model =
        Trainer.train(TASK.withListener(new CurveRecorder(folder.resolve("curves"))));

    List<String> lines = Files.readAllLines(folder.resolve("curves").resolve("curves.csv"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("epoch,loss,");
    assertThat(lines.get(2)).startsWith("2," + model.curve().get(1).loss() + ",");
    Path picture = folder.resolve("curves").resolve("curves.png");
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(800);
  }
}
