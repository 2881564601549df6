package io.nirvanastreams.camera.shape;

/**
 * Tells whether enough moved since the last image that was told to have moved: the share of pixels
 * of a small grey copy whose brightness differs by more than the noise of a camera. Compared with
 * the last image that went on and not with the last one seen, so that slow change adds up. For one
 * thread.
 */
final class Motion {
  /** Differences up to this are noise; of 255. */
  private static final int NOISE = 20;

  private final double share;
  private byte[] last;

  Motion(double share) {
    this.share = share;
  }

  /** Whether this small grey image, always of one size, differs enough; the first one does. */
  boolean moved(byte[] grey) {
    if (last != null && changedShare(grey) < share) {
      return false;
    }
    last = grey;
    return true;
  }

  private double changedShare(byte[] grey) {
    int changed = 0;
    for (int i = 0; i < grey.length; i++) {
      if (Math.abs((grey[i] & 0xFF) - (last[i] & 0xFF)) > NOISE) {
        changed++;
      }
    }
    return (double) changed / grey.length;
  }
}
