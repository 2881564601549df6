package io.nirvanastreams.trainer.optimise;

/** The learning rate of each step. Implementations are immutable: a resumed run goes on alike. */
public interface Schedule {

  /** The rate of a step, counted from 0. */
  double at(long step);
}
