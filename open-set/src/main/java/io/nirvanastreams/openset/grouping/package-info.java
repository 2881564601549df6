/** Online grouping of unknowns: images of one new class come together, noise does not. */
package io.nirvanastreams.openset.grouping;
