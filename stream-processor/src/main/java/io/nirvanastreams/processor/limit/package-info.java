/** How large the records may be that go to each topic. */
package io.nirvanastreams.processor.limit;
