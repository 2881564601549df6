/** What a replay writes and says: its answers' topic, and how they differ from the stream's. */
package io.nirvanastreams.app.replay;
