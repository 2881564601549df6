/** What was being decoded when the process died, and what is done about it at the next start. */
package io.nirvanastreams.processor.journal;
