/**
 * The demo: closes the loop on real images in one process (train, stream, group, name, learn, swap)
 * and checks the product's promises by reading the topics. Ground truth stays in this package; no
 * event carries it.
 */
package io.nirvanastreams.app.demo;
