/** Small vector arithmetic that scores and grouping share. */
package io.nirvanastreams.openset.vector;
