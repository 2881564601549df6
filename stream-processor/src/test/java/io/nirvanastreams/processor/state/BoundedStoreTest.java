package io.nirvanastreams.processor.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedStoreTest {
  private static final byte[] VALUE = {1, 2};
  private final MemoryStore under = new MemoryStore();

  @Test
  void shouldForgetWhatWasNotWrittenForLongest() {
    BoundedStore store = new BoundedStore(under, 2, Long.MAX_VALUE);
    store.put("z", 1, VALUE);
    store.put("a", 2, VALUE);
    store.put("z", 3, VALUE);
    store.put("m", 4, VALUE);

    assertThat(store.keys()).containsExactly("z", "m");
    assertThat(store.get("a")).isNull();
    assertThat(store.get("z")).isEqualTo(VALUE);
    assertThat(under.map).containsOnlyKeys("m", "z");
  }

  @Test
  void shouldForgetInTheSameOrderAfterARestart() {
    BoundedStore before = new BoundedStore(under, 3, Long.MAX_VALUE);
    before.put("c", 1, VALUE);
    before.put("b", 1, VALUE);
    before.put("a", 1, VALUE);
    before.put("c", 1, VALUE);

    BoundedStore after = new BoundedStore(under, 3, Long.MAX_VALUE);
    after.put("d", 1, VALUE);
    after.put("e", 1, VALUE);

    assertThat(after.keys()).containsExactly("c", "d", "e");
  }

  @Test
  void shouldForgetWhatIsTooOld() {
    BoundedStore store = new BoundedStore(under, 10, 100);
    store.put("a", 1_000, VALUE);
    store.put("b", 1_050, VALUE);
    store.put("c", 1_101, VALUE);

    assertThat(store.keys()).containsExactly("b", "c");
  }

  @Test
  void shouldRemove() {
    BoundedStore store = new BoundedStore(under, 10, 100);
    store.put("a", 1_000, VALUE);
    store.remove("a");

    assertThat(store.keys()).isEmpty();
    assertThat(under.map).isEmpty();
  }
}
