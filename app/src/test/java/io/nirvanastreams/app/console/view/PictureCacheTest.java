package io.nirvanastreams.app.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureCacheTest {
  private final PictureCache cache = new PictureCache(100);

  @Test
  void shouldLetTheOldestGoWhenFull() {
    cache.put("a", picture(40));
    cache.put("b", picture(40));
    cache.put("c", picture(40));

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).isPresent();
    assertThat(cache.get("c")).isPresent();
    assertThat(cache.heldBytes()).isEqualTo(80);
  }

  @Test
  void shouldCountAReplacedPictureOnce() {
    cache.put("a", picture(40));
    cache.put("a", picture(60));

    assertThat(cache.heldBytes()).isEqualTo(60);
  }

  @Test
  void shouldNotEmptyItselfForAPictureThatCannotFit() {
    cache.put("a", picture(40));
    cache.put("huge", picture(101));

    assertThat(cache.get("a")).isPresent();
    assertThat(cache.get("huge")).isEmpty();
  }

  @Test
  void shouldForgetWhatItIsToldTo() {
    cache.put("a", picture(40));
    cache.put("b", picture(50));

    cache.removeIf("a"::equals);

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).isPresent();
    assertThat(cache.heldBytes()).isEqualTo(50);
  }

  private static Picture picture(int size) {
    return new Picture("image/png", new byte[size]);
  }
}
