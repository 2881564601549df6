/** What a model needs beside its weights to judge: held-out scores, stored references, a rule. */
package io.nirvanastreams.openset.calibration;
