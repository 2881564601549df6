/** Hot paths by themselves, by JMH; {@code benchmarks/micro} runs them. */
package io.nirvanastreams.benchmarks.micro;
