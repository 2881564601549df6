/** The models that answer: which one at which record time, loading them beside, letting them go. */
package io.nirvanastreams.processor.model;
