/**
 * Random changes of training images: crops, RandAugment, and mixing two images into one. All of it
 * works on unsigned bytes, height by width by channel, and draws from the generator it is given, so
 * that a seed determines every byte.
 */
package io.nirvanastreams.trainer.augment;
