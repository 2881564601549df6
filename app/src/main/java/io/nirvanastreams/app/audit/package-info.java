/** Who decided what: records of it, where they go, and how they are read. */
package io.nirvanastreams.app.audit;
