/** Objects in S3-compatible storage: addresses, settings, and a client that reads and writes. */
package io.nirvanastreams.stores.s3;
