/** Rules that decide by open-set measures which version is live. Neither Kafka nor a clock. */
package io.nirvanastreams.trainer.rule;
