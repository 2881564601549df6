package io.nirvanastreams.embedding;

/**
 * What the network makes of one image. The arrays are not copied: treat them as read-only.
 *
 * @param feature D values, to be compared with the class centres
 * @param representation the layer before the head, for nearest neighbours and grouping; the feature
 *     itself where the network has no head
 */
@SuppressWarnings("ArrayRecordComponent") // Made once per image and never compared.
public record Embedding(float[] feature, float[] representation) {}
