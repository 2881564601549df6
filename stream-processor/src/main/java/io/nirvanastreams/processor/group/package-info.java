/** From unknowns to groups of unknowns, and to alerts about them. */
package io.nirvanastreams.processor.group;
