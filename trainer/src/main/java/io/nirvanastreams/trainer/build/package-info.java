/**
 * From a training task to a model that is ready to be published: trains, stores, embeds,
 * calibrates, probes and measures, in the one order that both a first model and every later version
 * take.
 */
package io.nirvanastreams.trainer.build;
