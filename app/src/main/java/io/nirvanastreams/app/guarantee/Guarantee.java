package io.nirvanastreams.app.guarantee;

import java.util.List;

/**
 * One promise of the product, named as in the README. A judgement is a function of the evidence
 * alone. Implementations are stateless and safe from any thread.
 */
public interface Guarantee {
  /** Judges the evidence. */
  Finding check(Evidence evidence);

  /** The promise's name, which is that of its class. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** All promises, in the order of the README. */
  static List<Guarantee> all() {
    return List.of(
        new EveryImageAnsweredOnce(),
        new OrderPerSource(),
        new OneModelPerAnswer(),
        new BadModelRefused(),
        new WholeVersionOrNone(),
        new CentresNeverMove(),
        new SameInputSameBytes(),
        new CalibratedAlarms());
  }
}
