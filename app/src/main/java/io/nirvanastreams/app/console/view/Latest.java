package io.nirvanastreams.app.console.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest values, newest first, a bounded number of them. Not thread-safe. */
final class Latest<T> {
  private final int capacity;
  private final Deque<T> values = new ArrayDeque<>();

  Latest(int capacity) {
    this.capacity = capacity;
  }

  void add(T value) {
    values.addFirst(value);
    if (values.size() > capacity) {
      values.removeLast();
    }
  }

  List<T> list() {
    return List.copyOf(values);
  }
}
