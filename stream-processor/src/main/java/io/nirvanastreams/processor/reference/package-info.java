/** Images that events give by reference: the roots they may lie under, and reading them whole. */
package io.nirvanastreams.processor.reference;
