/** Blob stores beyond a folder: objects in S3-compatible storage, and chunks on a Kafka topic. */
package io.nirvanastreams.stores.blob;
