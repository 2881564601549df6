package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.broker.ChildBrokers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Brings about the planned faults at their times, those that last beside each other. {@link #start}
 * is for one thread and once.
 */
final class Conductor implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration SLOW_PIECE = Duration.ofMillis(120);
  private static final Duration BATCHES_FILL = Duration.ofMillis(300);
  private static final int THREADS = 12;
  private static final int BURST_SHARE = 40;

  private final List<PlannedFault> plan;
  private final List<ProcessorInstance> processors;
  private final ProcessorInstance extra;
  private final ChildBrokers brokers;
  private final Operator operator;
  private final Cameras cameras;
  private final int burst;
  private final Journal journal;
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS);

  /**
   * A conductor that has not begun.
   *
   * @param extra the processor that comes and goes
   * @param brokers that may be harmed, or null when the plan has no such fault
   */
  Conductor(
      List<PlannedFault> plan,
      List<ProcessorInstance> processors,
      ProcessorInstance extra,
      ChildBrokers brokers,
      Operator operator,
      Cameras cameras,
      TrialSettings settings,
      Journal journal) {
    this.plan = plan;
    this.processors = processors;
    this.extra = extra;
    this.brokers = brokers;
    this.operator = operator;
    this.cameras = cameras;
    this.burst = Math.max(1, settings.images() / BURST_SHARE);
    this.journal = journal;
  }

  /** Begins: the times of the plan count from now. */
  void start() {
    for (PlannedFault fault : plan) {
      var unused =
          threads.schedule(() -> bringAbout(fault), fault.at().toMillis(), TimeUnit.MILLISECONDS);
    }
    threads.shutdown(); // what is planned still runs
  }

  /** Whether every planned fault is over. */
  boolean ended() {
    return threads.isTerminated();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void bringAbout(PlannedFault fault) {
    try {
      String detail =
          switch (fault.kind()) {
            case KILL_PROCESSOR -> kill(fault);
            case ROLL_PROCESSORS -> roll();
            case FREEZE_PROCESSOR -> freeze(fault);
            case REBALANCE -> rebalance(fault);
            case SWAP_MODEL -> operator.swap();
            case BREAK_MODEL -> operator.promoteBroken();
            case KILL_PUBLISHER -> operator.killPublisher(fault.choice());
            case KILL_BROKER -> killBroker(fault);
            case ROLL_BROKER -> rollBroker(fault);
            case SLOW_BROKER -> slowBroker(fault);
          };
      journal.done(fault.kind(), detail);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      journal.failed(fault.kind(), e);
    }
  }

  private String kill(PlannedFault fault) throws InterruptedException {
    int index = fault.among(processors.size());
    ProcessorInstance processor = processors.get(index);
    if (!processor.kill()) { // between two lives, as in a rolling restart
      processor.start();
      boolean unused = processor.kill();
    }
    processor.start();
    return "number " + (index + 1);
  }

  private String roll() throws InterruptedException {
    for (ProcessorInstance processor : processors) {
      long mark = processor.mark();
      processor.stop();
      processor.start();
      // A kill meanwhile only makes it take longer.
      boolean ready = processor.awaitPrinted("ready", mark, READY);
      if (!ready) {
        journal.say("a processor was not ready within %d s", READY.toSeconds());
      }
    }
    return "one after the other";
  }

  private String freeze(PlannedFault fault) throws InterruptedException {
    int index = fault.among(processors.size());
    processors.get(index).freeze(fault.lasts());
    return "number " + (index + 1) + " for " + fault.lasts().toMillis() + " ms";
  }

  private String rebalance(PlannedFault fault) throws InterruptedException {
    long mark = extra.mark();
    extra.start();
    boolean joins = extra.awaitPrinted("Waiting for model", mark, READY);
    cameras.burst(burst);
    boolean works = joins && extra.awaitPrinted("ready", mark, READY);
    Thread.sleep(fault.lasts().toMillis());
    cameras.burst(burst);
    Thread.sleep(BATCHES_FILL.toMillis());
    boolean killed = extra.kill();
    return (works ? "it worked" : "it did not get to work") + (killed ? ", then died" : "");
  }

  private String killBroker(PlannedFault fault) throws InterruptedException {
    int index = fault.among(brokers.size());
    brokers.kill(index);
    try {
      Thread.sleep(fault.lasts().toMillis());
    } finally {
      brokers.restart(index);
    }
    return "number " + (index + 1) + ", back after " + fault.lasts().toMillis() + " ms";
  }

  private String rollBroker(PlannedFault fault) throws InterruptedException {
    int index = fault.among(brokers.size());
    brokers.roll(index);
    return "number " + (index + 1);
  }

  private String slowBroker(PlannedFault fault) throws InterruptedException {
    int index = fault.among(brokers.size());
    brokers.slow(index, SLOW_PIECE);
    try {
      Thread.sleep(fault.lasts().toMillis());
    } finally {
      brokers.slow(index, Duration.ZERO);
    }
    return "number %d, %d ms a piece for %d ms"
        .formatted(index + 1, SLOW_PIECE.toMillis(), fault.lasts().toMillis());
  }
}
