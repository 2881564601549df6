/** Which unknown answers of a source raise an alarm, so that few alarms are false. */
package io.nirvanastreams.processor.alarm;
