/**
 * Model versions between the topics and the code that trains and runs them: conversions of
 * manifests, centres and calibrations to and from their records, and the catalogue of what a
 * cluster holds.
 */
package io.nirvanastreams.records;
