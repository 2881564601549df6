package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import io.nirvanastreams.app.console.access.Visitor;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.app.console.view.GroupCard;
import io.nirvanastreams.app.security.Refusals;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.AuditOutcome;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Promotion;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/**
 * Takes what visitors decide, and leaves a record of each. Requests that are malformed, from
 * strangers or too many leave none, so that nobody can fill the topic. Safe from any thread.
 */
final class Decisions {
  private static final int LONGEST_AUTHOR = 64;
  private static final int LONGEST_REASON = 200;
  private static final String SOMEBODY = "console";
  private static final String CHANNEL = "console";

  private final ConsoleView view;
  private final Desk desk;
  private final Gate gate;
  private final Clock clock;

  Decisions(ConsoleView view, Desk desk, Gate gate, Clock clock) {
    this.view = view;
    this.desk = desk;
    this.gate = gate;
    this.clock = clock;
  }

  /** One decision: fills what is known of it into the record, and gives the answer. */
  private interface Step {
    Map<String, Object> take(JsonBody body, AuditRecord.Builder entry) throws HttpProblem;
  }

  void signIn(HttpExchange exchange) throws IOException, HttpProblem {
    AuditRecord.Builder entry = entry(exchange, AuditAction.SIGN_IN, "");
    try {
      Visitor visitor = gate.signIn(exchange);
      entry.setActor(visitor.name()).setRole(visitor.role().name());
      write(entry, AuditOutcome.DONE, "");
      gate.sendVisitor(exchange, visitor);
    } catch (HttpProblem refused) {
      if (refused.status() == 401) { // of which there are not too many in a minute
        write(entry, AuditOutcome.REFUSED, refused.getMessage());
      }
      throw refused;
    }
  }

  void label(HttpExchange exchange, String groupId) throws IOException, HttpProblem {
    decide(
        exchange,
        Route.LABEL,
        entry(exchange, AuditAction.LABEL, "group/" + groupId),
        (body, entry) -> {
          LabelRequest request = LabelRequest.of(body);
          entry.setDetail(request.name());
          if (request.ignores()) {
            entry.setAction(AuditAction.IGNORE);
          }
          GroupCard group =
              view.groupCard(groupId)
                  .orElseThrow(() -> new HttpProblem(404, "there is no such group"));
          if (group.stage() != GroupCard.Stage.OPEN) {
            throw new HttpProblem(409, "somebody already decided about this group");
          }
          LabelAssigned decided =
              request.toRecord(group.groupId(), entry.getActor(), clock.instant());
          desk.labels().write(decided);
          // At once, so that a second press on the button finds it decided.
          view.label(decided.getSubjectId(), decided);
          return Map.of(
              "groupId", decided.getSubjectId(),
              "action", decided.getAction().name(),
              "name", decided.getClassName());
        });
  }

  void promote(HttpExchange exchange, String name, int version) throws IOException, HttpProblem {
    decide(
        exchange,
        Route.PROMOTE,
        entry(exchange, AuditAction.PROMOTE, "model/" + name + "/" + version),
        (body, entry) -> {
          String reason = reason(body, entry, "promoted in the console");
          return answer(desk.promotions().promote(name, version, reason, entry.getActor()));
        });
  }

  void rollBack(HttpExchange exchange, String name) throws IOException, HttpProblem {
    decide(
        exchange,
        Route.ROLL_BACK,
        entry(exchange, AuditAction.ROLL_BACK, "model/" + name),
        (body, entry) -> {
          String reason = reason(body, entry, "rolled back in the console");
          Promotion promotion = desk.promotions().rollBack(name, reason, entry.getActor());
          entry.setSubject("model/" + name + "/" + promotion.getVersion());
          return answer(promotion);
        });
  }

  private void decide(HttpExchange exchange, Route route, AuditRecord.Builder entry, Step step)
      throws IOException, HttpProblem {
    Visitor visitor = gate.admitToDecide(exchange);
    entry.setActor(visitor.name().isEmpty() ? SOMEBODY : visitor.name());
    entry.setRole(visitor.role().name());
    Map<String, Object> answer;
    try {
      Gate.require(visitor, route.role());
      JsonBody body = JsonBody.read(exchange);
      String given = body.text("author", LONGEST_AUTHOR);
      // A visitor who signed in cannot decide under another name.
      if (visitor.name().isEmpty() && !given.isEmpty()) {
        entry.setActor(given);
      }
      answer = take(step, body, entry);
    } catch (HttpProblem refused) {
      writeProblem(entry, refused);
      throw refused;
    }
    write(entry, AuditOutcome.DONE, "");
    Responses.sendJson(exchange, 200, answer);
  }

  private static Map<String, Object> take(Step step, JsonBody body, AuditRecord.Builder entry)
      throws HttpProblem {
    try {
      return step.take(body, entry);
    } catch (IllegalStateException e) {
      throw new HttpProblem(409, e.getMessage());
    } catch (KafkaException e) {
      throw new HttpProblem(503, Refusals.text(e).orElse(e.getMessage()));
    }
  }

  private static String reason(JsonBody body, AuditRecord.Builder entry, String otherwise)
      throws HttpProblem {
    String given = body.text("reason", LONGEST_REASON);
    String reason = given.isEmpty() ? otherwise : given;
    entry.setDetail(reason);
    return reason;
  }

  private static Map<String, Object> answer(Promotion promotion) {
    return Map.of(
        "name", promotion.getName(),
        "version", promotion.getVersion(),
        "effectiveFrom", promotion.getEffectiveFrom().toEpochMilli(),
        "author", promotion.getAuthor());
  }

  private AuditRecord.Builder entry(HttpExchange exchange, AuditAction action, String subject) {
    return AuditRecord.newBuilder()
        .setOccurredAt(clock.instant())
        .setAction(action)
        .setSubject(subject)
        .setChannel(CHANNEL)
        .setRemoteAddress(exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private void writeProblem(AuditRecord.Builder entry, HttpProblem problem) {
    switch (problem.status()) {
      case 403, 404, 409 -> write(entry, AuditOutcome.REFUSED, problem.getMessage());
      case 503 -> write(entry, AuditOutcome.FAILED, problem.getMessage());
      default -> {} // malformed or too many: nothing was decided
    }
  }

  private void write(AuditRecord.Builder entry, AuditOutcome outcome, String message) {
    desk.audit().write(entry.setOutcome(outcome).setMessage(message).build());
  }
}
