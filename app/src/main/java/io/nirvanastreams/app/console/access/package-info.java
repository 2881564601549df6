/** Who may look at the console, name groups, or operate: tokens, roles, sessions, limits. */
package io.nirvanastreams.app.console.access;
