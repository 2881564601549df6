package io.nirvanastreams.processor.model;

/**
 * How much of what the control topics said is kept in memory: the parts of versions that are loaded
 * or asked for, and of the newest ones. Those of others are recalled when a late image needs them.
 * Immutable.
 *
 * @param newest how many of the newest versions are kept whole, at least 1
 * @param calibrations how many of a version's newest calibrations are kept, at least 1
 * @param archive recalls the parts of the others
 */
public record Retention(int newest, int calibrations, ModelArchive archive) {
  /** Everything. */
  public static final Retention ALL =
      new Retention(Integer.MAX_VALUE, Integer.MAX_VALUE, (name, version, listener) -> {});

  private static final int NEWEST = 8;
  private static final int CALIBRATIONS = 64;

  /** Checks the numbers. */
  public Retention {
    if (newest < 1 || calibrations < 1) {
      throw new IllegalArgumentException("at least the newest must be kept");
    }
  }

  /** What a processor keeps. */
  public static Retention of(ModelArchive archive) {
    return new Retention(NEWEST, CALIBRATIONS, archive);
  }
}
