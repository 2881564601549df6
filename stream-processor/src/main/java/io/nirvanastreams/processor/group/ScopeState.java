package io.nirvanastreams.processor.group;

/**
 * What is kept of a scope beside its clusters. Immutable.
 *
 * @param modelName model whose embeddings are grouped now; empty before the first unknown
 * @param modelVersion its version
 * @param since earliest record time of an unknown of that version
 * @param windowStart capture time at which the current window began
 * @param knowns answers KNOWN in the window
 * @param unknowns answers UNKNOWN in the window
 * @param floodAlertedAt capture time of the last FLOOD alert; {@link Long#MIN_VALUE} before it
 */
record ScopeState(
    String modelName,
    int modelVersion,
    long since,
    long windowStart,
    long knowns,
    long unknowns,
    long floodAlertedAt) {

  static final ScopeState NEW = new ScopeState("", 0, Long.MAX_VALUE, 0, 0, 0, Long.MIN_VALUE);

  boolean sameModel(String name, int version) {
    return modelName.equals(name) && modelVersion == version;
  }

  ScopeState switchedTo(String name, int version, long recordTime) {
    return new ScopeState(name, version, recordTime, windowStart, knowns, unknowns, floodAlertedAt);
  }

  ScopeState seen(long recordTime) {
    return recordTime >= since
        ? this
        : new ScopeState(
            modelName, modelVersion, recordTime, windowStart, knowns, unknowns, floodAlertedAt);
  }

  /** Counts an unknown and the knowns before it, in a new window when this one is over. */
  ScopeState counted(long timeMillis, long knownsBefore, long windowMillis) {
    boolean over = timeMillis - windowStart >= windowMillis;
    return new ScopeState(
        modelName,
        modelVersion,
        since,
        over ? timeMillis : windowStart,
        (over ? 0 : knowns) + knownsBefore,
        (over ? 0 : unknowns) + 1,
        floodAlertedAt);
  }

  ScopeState floodAlerted(long timeMillis) {
    return new ScopeState(
        modelName, modelVersion, since, windowStart, knowns, unknowns, timeMillis);
  }

  /** Answers in the window. */
  long answers() {
    return knowns + unknowns;
  }
}
