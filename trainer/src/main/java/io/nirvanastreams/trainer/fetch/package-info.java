/**
 * The public data sets by name, and how they get onto the disk: downloads that go on where they
 * broke off, checksums, safe unpacking. Nothing is used or unpacked before its checksum holds.
 */
package io.nirvanastreams.trainer.fetch;
