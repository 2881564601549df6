/** Programs that measure speed. Their numbers depend on the machine; what counts are the ratios. */
package io.nirvanastreams.benchmarks;
