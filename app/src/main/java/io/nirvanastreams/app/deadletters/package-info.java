/** Dead letters as people see them: what they are, which are meant, and sending them again. */
package io.nirvanastreams.app.deadletters;
