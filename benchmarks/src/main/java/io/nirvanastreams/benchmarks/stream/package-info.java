/**
 * The end-to-end comparison behind {@code benchmarks/stream}: the whole processor beside the bare
 * model, a plain loop and a Python loop, in one run on one broker. The driver holds the broker and
 * counts; every subject runs in a process of its own.
 */
package io.nirvanastreams.benchmarks.stream;
