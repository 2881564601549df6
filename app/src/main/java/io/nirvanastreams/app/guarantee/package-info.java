/**
 * What the product promises, one small class a promise, judged by what was sent and what readers of
 * committed records saw. Pure: no clients, no clocks, so that each judgement can be tried against
 * evidence that breaks it.
 */
package io.nirvanastreams.app.guarantee;
