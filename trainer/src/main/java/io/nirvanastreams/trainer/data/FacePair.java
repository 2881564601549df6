package io.nirvanastreams.trainer.data;

/**
 * Two photographs of which a face verifier says whether they show the same person. Immutable.
 *
 * @param fold which of the folds it belongs to, from 0
 * @param first a photograph
 * @param second another one
 * @param same whether they show one person
 */
public record FacePair(int fold, Photograph first, Photograph second, boolean same) {
  /**
   * A photograph as pair lists name it. Immutable.
   *
   * @param person whose folder it is in
   * @param number of the photograph, from 1
   */
  public record Photograph(String person, int number) {
    /** Where it is below the folder of the data set: {@code Person/Person_0001.jpg}. */
    public String path() {
      return path("jpg");
    }

    /** The same in another format, such as {@code png}. */
    public String path(String ending) {
      return "%s/%s_%04d.%s".formatted(person, person, number, ending);
    }
  }
}
