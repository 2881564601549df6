/**
 * Where an option's value comes from: command line before environment before properties file before
 * default.
 */
package io.nirvanastreams.app.config;
