/** Named tensors and the one weight format that is read and written: safetensors. */
package io.nirvanastreams.embedding.safetensors;
