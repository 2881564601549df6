package io.nirvanastreams.trainer.evaluate;

/**
 * How one class fared under the calibrated decision.
 *
 * @param label of the class
 * @param known whether the model has it
 * @param images tested
 * @param recall share answered right: by its own name, or as unknown when the model has it not
 * @param unknown share answered as unknown
 */
public record ClassMeasures(
    String label, boolean known, long images, double recall, double unknown) {}
