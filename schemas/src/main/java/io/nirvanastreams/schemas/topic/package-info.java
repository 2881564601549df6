/** The topic catalogue: names, keys, values and settings of every topic, and their creation. */
package io.nirvanastreams.schemas.topic;
