/**
 * A trial of the promises: the product in processes of its own, under a load, with faults that are
 * planned by a seed, and the promises judged by what readers of committed records saw.
 */
package io.nirvanastreams.app.trial;
