/** The fixed class centres: vertices of a regular simplex. */
package io.nirvanastreams.openset.simplex;
