package io.nirvanastreams.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CentresNeverMoveTest {
  private final Given given = new Given();

  @Test
  void shouldHoldWhenAClassIsAdded() {
    given.version(2, "cat", "dog", "owl");
    given.version(1, "cat", "dog");

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
    assertThat(check().figures()).isEqualTo("3 classes in 2 versions, 0 centres moved");
  }

  @Test
  void shouldFindTheLeastMove() {
    given.version(1, "cat", "dog");
    given.centres.add(Given.centre(2, "cat", 0, Math.nextUp(0.5f)));

    assertThat(check().violations()).containsExactly("cat moved in version 2");
  }

  @Test
  void shouldFindAnotherVertex() {
    given.version(1, "cat", "dog");
    given.centres.add(Given.centre(2, "cat", 1, 0.5f));

    assertThat(check().violations()).containsExactly("cat moved in version 2");
  }

  @Test
  void shouldPassOverVersionsBrokenOnPurpose() {
    given.version(1, "cat", "dog");
    given.version(3, "cat", "dog");
    given.centres.add(Given.centre(2, "cat", 0, 9));
    given.broken.put(2, "a centre that moved");

    assertThat(check().state()).isEqualTo(Finding.State.HELD);
  }

  @Test
  void shouldNotClaimAnythingAboutOneVersion() {
    given.version(1, "cat", "dog");

    assertThat(check().state()).isEqualTo(Finding.State.NOT_TRIED);
  }

  @Test
  void shouldFindAClassThatGaveItsPlaceToAnother() {
    given.version(1, "cat", "dog");
    given.version(2, "cat", "owl", "dog");

    assertThat(CentresNeverMove.moved(given.centres)).containsExactly("dog moved in version 2");
  }

  private Finding check() {
    return new CentresNeverMove().check(given.evidence());
  }
}
