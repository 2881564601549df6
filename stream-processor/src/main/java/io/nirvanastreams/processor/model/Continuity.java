package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.schemas.ModelManifest;
import java.util.List;

/**
 * What a version must keep of the one before it: the geometry of the centres, and every class on
 * its vertex (CentresNeverMove). Stateless.
 */
final class Continuity {
  private static final String REMEDY =
      "publish it under another name, or learn it from the version before";

  private Continuity() {}

  /**
   * Compares a version with one before it.
   *
   * @param before null for none
   * @throws BadModelException when the version changes what it must keep
   */
  static void check(ModelManifest before, ModelManifest version) throws BadModelException {
    if (before == null) {
      return;
    }
    String beginning = "version " + before.getVersion() + " before it has ";
    if (before.getDimension() != version.getDimension()
        || before.getExpand() != version.getExpand()) {
      throw new BadModelException(
          beginning
              + "the dimension %d and the radius %s, this one %d and %s"
                  .formatted(
                      before.getDimension(),
                      before.getExpand(),
                      version.getDimension(),
                      version.getExpand()),
          REMEDY);
    }
    List<String> old = before.getClasses();
    List<String> now = version.getClasses();
    if (now.size() < old.size() || !now.subList(0, old.size()).equals(old)) {
      throw new BadModelException(
          beginning + "the classes " + old + " on their vertices, this one " + now, REMEDY);
    }
  }
}
