/** State stores of the topology that hold no answers: identity and control topics. */
package io.nirvanastreams.processor.state;
