package io.nirvanastreams.app.console.http;

import io.nirvanastreams.app.audit.AuditLog;
import io.nirvanastreams.app.console.feed.Labels;
import io.nirvanastreams.app.console.feed.Promotions;

/**
 * Where decisions are carried out.
 *
 * @param labels takes names of groups
 * @param promotions decides which version is live
 * @param audit keeps who decided what
 */
public record Desk(Labels labels, Promotions promotions, AuditLog audit) {}
