package io.nirvanastreams.processor.alarm;

/**
 * The alarm budget of the sources. Immutable.
 *
 * @param enabled whether budgets are kept at all, so that a source can be given one
 * @param budget share of false alarms among the alarms of a source that is aimed at; 0 for none
 * @param maximumSources sources kept per partition; one that was forgotten begins anew
 * @param gatesAlerts whether alerts about groups wait for an alarm
 */
public record AlarmOptions(
    boolean enabled, double budget, int maximumSources, boolean gatesAlerts) {}
