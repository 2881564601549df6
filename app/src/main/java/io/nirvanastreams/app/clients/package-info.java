/** How the commands reach the cluster: clients, registered schemas, labels. */
package io.nirvanastreams.app.clients;
