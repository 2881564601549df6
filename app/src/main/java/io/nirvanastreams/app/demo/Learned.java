package io.nirvanastreams.app.demo;

import java.time.Duration;

/**
 * One class that the loop learned.
 *
 * @param className the class
 * @param members images in the groups that were named
 * @param purity share of them that really are of the class
 * @param version the model version that knows it
 * @param timeToLearn from the name on the topic to the first answer by that version
 */
record Learned(String className, long members, double purity, int version, Duration timeToLearn) {}
