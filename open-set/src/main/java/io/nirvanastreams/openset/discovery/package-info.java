/**
 * Alarms over a stream: which of many p-values to act on so that the share of false ones among the
 * alarms, not among the images, stays small.
 */
package io.nirvanastreams.openset.discovery;
