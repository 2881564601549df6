package io.nirvanastreams.app.console.view;

import java.util.List;

/**
 * The numbers in the console's header.
 *
 * @param since when counting began, milliseconds since 1970
 * @param imagesPerSecond answers a second over the last ten seconds
 * @param answered answers since counting began
 * @param known of these, KNOWN
 * @param unknown of these, UNKNOWN
 * @param undecodable of these, UNDECODABLE
 * @param recentAnswered answers in the last minute
 * @param recentKnown of these, KNOWN
 * @param recentUnknown of these, UNKNOWN
 * @param p50Millis median time from capture to answer of the latest answers; -1 without any
 * @param p95Millis 95th percentile of the same; -1 without any
 * @param unknownShare share of UNKNOWN in each of the last sixty seconds, oldest first; -1 for a
 *     second without an answer
 */
public record Counters(
    long since,
    double imagesPerSecond,
    long answered,
    long known,
    long unknown,
    long undecodable,
    long recentAnswered,
    long recentKnown,
    long recentUnknown,
    long p50Millis,
    long p95Millis,
    List<Double> unknownShare) {}
