package io.nirvanastreams.trainer.retrain;

/**
 * An image that a person named. Immutable by convention: the pixels are shared.
 *
 * @param eventId the image
 * @param groupId the group it joined; empty when it was named on its own
 * @param pixels uint8 HWC at the size of the network's input
 */
@SuppressWarnings("ArrayRecordComponent") // Thousands of them; never compared as records.
public record LabelledImage(String eventId, String groupId, byte[] pixels) {}
