/** What an instance says of itself to those who decide about models. */
package io.nirvanastreams.processor.instance;
