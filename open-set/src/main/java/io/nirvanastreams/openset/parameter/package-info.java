/** Numbers that scores and decision rules were fitted to and that are published with a model. */
package io.nirvanastreams.openset.parameter;
