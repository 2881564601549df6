package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.schemas.Recognition;

/**
 * Everything that one image leads to, on its way to the topics; they are written in one
 * transaction. Immutable by convention.
 *
 * @param recognition the answer
 * @param novelty the serialised Novelty, for an unknown; otherwise null
 * @param knownsBefore answers KNOWN of the same scope and task since its last unknown: lets the
 *     grouping tell a flood of unknowns from a busy stream
 * @param deadLetter for an undecodable image; otherwise null
 */
@SuppressWarnings("ArrayRecordComponent") // On its way to a topic, never compared.
public record Answer(
    Recognition recognition, byte[] novelty, long knownsBefore, DeadLetter deadLetter) {}
