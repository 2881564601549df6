/** The little dense linear algebra that scores and grouping need, in double and deterministic. */
package io.nirvanastreams.openset.linear;
