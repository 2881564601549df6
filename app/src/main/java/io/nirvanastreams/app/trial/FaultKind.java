package io.nirvanastreams.app.trial;

/** What is done to a running system on purpose. */
enum FaultKind {
  /** A processor is killed without warning and started again at once. */
  KILL_PROCESSOR("kill -9 of a processor", false),
  /** All processors are stopped politely and started again, one after the other. */
  ROLL_PROCESSORS("rolling restart of the processors", false),
  /** A processor stands still until the others have its work, and then goes on. */
  FREEZE_PROCESSOR("processor frozen beyond its session", false),
  /**
   * One more processor joins and is killed, each time while a burst of images fills the batches.
   */
  REBALANCE("processor joins and dies under full batches", false),
  /** A version is published and promoted. */
  SWAP_MODEL("model swap", false),
  /** A broken version is published and promoted. */
  BREAK_MODEL("broken version promoted", false),
  /** A publisher is killed half way. */
  KILL_PUBLISHER("publisher killed", false),
  /** A broker is killed without warning, and started again after a while. */
  KILL_BROKER("kill -9 of a broker", true),
  /** A broker is stopped politely and started again. */
  ROLL_BROKER("restart of a broker", true),
  /** A broker answers slowly for a while. */
  SLOW_BROKER("slow broker", true);

  private final String words;
  private final boolean needsOwnBrokers;

  FaultKind(String words, boolean needsOwnBrokers) {
    this.words = words;
    this.needsOwnBrokers = needsOwnBrokers;
  }

  String words() {
    return words;
  }

  /** Whether it can only be done to brokers that the trial started itself. */
  boolean needsOwnBrokers() {
    return needsOwnBrokers;
  }
}
