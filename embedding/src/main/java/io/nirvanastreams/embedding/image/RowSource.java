package io.nirvanastreams.embedding.image;

/** An image that is read row by row, as uint8 with the channels of a pixel beside each other. */
interface RowSource {
  int width();

  int height();

  int channels();

  /** Puts row {@code y} into the first width times channels bytes of {@code row}. */
  void read(int y, byte[] row);
}
