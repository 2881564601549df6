/**
 * Labelled images: readers for the usual formats, splits by seed, augmentation, and background
 * images made from the known ones.
 */
package io.nirvanastreams.trainer.data;
