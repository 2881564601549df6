package io.nirvanastreams.trainer.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
  @TempDir private Path folder;

  @Test
  void shouldWriteWhatIsDrawn() throws IOException {
    Path file = folder.resolve("picture.png");

    PictureFile.write(() -> new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), file);

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3);
  }

  @Test
  void shouldLeaveOutWhatThisJavaCannotDraw() throws IOException {
    Path file = folder.resolve("picture.png");

    PictureFile.write(
        () -> {
          throw new UnsatisfiedLinkError("libfontmanager.so");
        },
        file);

    assertThat(file).doesNotExist();
  }
}
