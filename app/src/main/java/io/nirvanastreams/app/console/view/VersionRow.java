package io.nirvanastreams.app.console.view;

import java.util.List;
import java.util.Map;

/**
 * One model version as the console shows it.
 *
 * @param name name of the model
 * @param version version of the model
 * @param role live, scheduled, retired, shadow, canary or published
 * @param classes class names in vertex order
 * @param learned of these, the ones its parent did not have
 * @param measures evaluation measures by name, sorted by name
 * @param publishedAt when it was published, milliseconds since 1970
 * @param effectiveFrom record time from which it answers; -1 when it was never promoted
 * @param learnMillis from the first label of a learned class until it could answer; -1 when nobody
 *     labelled one
 */
public record VersionRow(
    String name,
    int version,
    String role,
    List<String> classes,
    List<String> learned,
    Map<String, Double> measures,
    long publishedAt,
    long effectiveFrom,
    long learnMillis) {}
