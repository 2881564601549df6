package io.nirvanastreams.records;

import io.nirvanastreams.schemas.Evaluation;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a candidate and a live version said of the same images, over all intervals and instances.
 * Rates are between 0 and 1, and NaN where nothing was counted. Immutable.
 *
 * @param images images that both looked at
 * @param agreed of these, with the same outcome and label
 * @param otherLabel known to both under different labels
 * @param onlyLiveKnown known to the live version alone
 * @param onlyCandidateKnown known to the candidate alone
 * @param bothUnknown unknown to both
 * @param candidateAlpha target of the candidate's calibration
 * @param distanceDrift how much further from their nearest centre images lie for the candidate, on
 *     average
 * @param liveMicros the live version's time per image, microseconds
 * @param candidateMicros the candidate's, in the same batches
 * @param labelled images that a person named
 * @param liveRight of these, rightly answered by the live version
 * @param candidateRight of these, rightly answered by the candidate
 * @param dropped images of the sample that found the device busy
 * @param failed images of the sample that the candidate failed on
 */
public record Comparison(
    long images,
    long agreed,
    long otherLabel,
    long onlyLiveKnown,
    long onlyCandidateKnown,
    long bothUnknown,
    double candidateAlpha,
    double distanceDrift,
    double liveMicros,
    double candidateMicros,
    long labelled,
    long liveRight,
    long candidateRight,
    long dropped,
    long failed) {
  /** The sum of evaluations of one candidate beside one live version. */
  public static Comparison of(Collection<Evaluation> evaluations) {
    long images = sum(evaluations, Evaluation::getImages);
    double timed = sum(evaluations, Evaluation::getTimedImages);
    return new Comparison(
        images,
        sum(evaluations, Evaluation::getAgreed),
        sum(evaluations, Evaluation::getOtherLabel),
        sum(evaluations, Evaluation::getOnlyLiveKnown),
        sum(evaluations, Evaluation::getOnlyCandidateKnown),
        sum(evaluations, Evaluation::getBothUnknown),
        evaluations.stream()
            .filter(one -> one.getImages() > 0)
            .reduce((before, last) -> last)
            .map(Evaluation::getCandidateAlpha)
            .orElse(Double.NaN),
        (total(evaluations, Evaluation::getCandidateDistance)
                - total(evaluations, Evaluation::getLiveDistance))
            / images,
        sum(evaluations, Evaluation::getLiveForwardMicros) / timed,
        sum(evaluations, Evaluation::getCandidateForwardMicros) / timed,
        sum(evaluations, Evaluation::getLabelled),
        sum(evaluations, Evaluation::getLiveRight),
        sum(evaluations, Evaluation::getCandidateRight),
        sum(evaluations, Evaluation::getDropped),
        sum(evaluations, Evaluation::getFailed));
  }

  /** Share of the images with the same outcome and label. */
  public double agreement() {
    return (double) agreed / images;
  }

  /** Share of the images unknown to the live version. */
  public double liveUnknownRate() {
    return (double) (bothUnknown + onlyCandidateKnown) / images;
  }

  /** Share of the images unknown to the candidate. */
  public double candidateUnknownRate() {
    return (double) (bothUnknown + onlyLiveKnown) / images;
  }

  /** The candidate's time per image by the live version's. */
  public double latencyRatio() {
    return candidateMicros / liveMicros;
  }

  /** Share of the labelled images that the live version answered rightly. */
  public double liveAccuracy() {
    return (double) liveRight / labelled;
  }

  /** Share of the labelled images that the candidate answered rightly. */
  public double candidateAccuracy() {
    return (double) candidateRight / labelled;
  }

  private static long sum(Collection<Evaluation> evaluations, ToLongFunction<Evaluation> count) {
    return evaluations.stream().mapToLong(count).sum();
  }

  private static double total(
      Collection<Evaluation> evaluations, ToDoubleFunction<Evaluation> value) {
    return evaluations.stream().mapToDouble(value).sum();
  }
}
