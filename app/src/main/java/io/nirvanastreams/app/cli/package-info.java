/** The commands: one thin class each; what they do lives elsewhere. */
package io.nirvanastreams.app.cli;
