/** A trained model in a folder, with all that is needed to evaluate and publish it. */
package io.nirvanastreams.app.model;
