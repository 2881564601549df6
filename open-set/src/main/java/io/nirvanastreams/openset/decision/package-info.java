/** From a score to an answer, known or unknown, with a promise about false alarms. */
package io.nirvanastreams.openset.decision;
