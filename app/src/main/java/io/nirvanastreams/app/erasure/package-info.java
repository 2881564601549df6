/** Erasing what is kept of a subject: groups of unknowns, and what images the topics hold. */
package io.nirvanastreams.app.erasure;
