/**
 * Published experiments, run again: a recipe over its class splits, measured by the honest protocol
 * and beside it by the authors', written down as a folder and a line of a table.
 */
package io.nirvanastreams.app.experiment;
