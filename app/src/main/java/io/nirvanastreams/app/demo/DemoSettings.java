package io.nirvanastreams.app.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param data image folder of the user (class per folder); null for the bundled data
 * @param holdOut classes that are never seen before they are named on the stream
 * @param seed of every random choice
 * @param fast shorter: fewer training images and epochs, a quicker stream, one class to learn
 * @param interactive leave the naming to the user in the console
 * @param keepRunning keep cameras and console alive after the summary until interrupted
 * @param cameras number of simulated cameras
 * @param imagesPerSecond total rate of all cameras
 * @param classesToLearn how many classes to name and learn
 * @param patience how long to wait for a group that can be named, and for a version to be learned
 * @param alpha target share of known images answered UNKNOWN
 * @param consolePort port of the console; 0 for a free one
 */
record DemoSettings(
    Path data,
    List<String> holdOut,
    long seed,
    boolean fast,
    boolean interactive,
    boolean keepRunning,
    int cameras,
    double imagesPerSecond,
    int classesToLearn,
    Duration patience,
    double alpha,
    int consolePort) {

  /**
   * Images streamed after the last swap before the demo sums up, so that recall is measured on
   * fresh images.
   */
  int imagesAfterLastSwap() {
    return fast ? 600 : 1500;
  }

  /** Images that the clean groups of a class need together before the stand-in names them. */
  long minimumMembers() {
    return fast ? 80 : 180;
  }
}
