/**
 * Turns labelled images into published models: data sets, losses, the optimiser, the training loop
 * and its evaluation, publication, and the service that learns new classes.
 */
package io.nirvanastreams.trainer;
