package io.nirvanastreams.app.demo;

/**
 * One encoded image of a camera, with its truth.
 *
 * @param truth the true class
 * @param mediaType image/png or image/jpeg
 * @param bytes the encoded image
 */
@SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
record Frame(String truth, String mediaType, byte[] bytes) {}
