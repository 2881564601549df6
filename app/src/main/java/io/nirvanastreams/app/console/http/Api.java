package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import io.nirvanastreams.app.console.access.Role;
import io.nirvanastreams.app.console.access.Visitor;
import io.nirvanastreams.app.console.feed.Labels;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.app.console.view.GroupCard;
import io.nirvanastreams.app.console.view.Picture;
import io.nirvanastreams.schemas.LabelAssigned;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data behind the page. Safe from any thread. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final int LONGEST_BODY = 4096;
  private static final Pattern FRAME = Pattern.compile("/api/frames/(.+)");
  private static final Pattern EXEMPLAR = Pattern.compile("/api/groups/(.+)/exemplars/(\\d{1,4})");
  private static final Pattern LABEL = Pattern.compile("/api/groups/(.+)/label");

  private final ConsoleView view;
  private final Labels labels;
  private final Gate gate;
  private final Clock clock;

  Api(ConsoleView view, Labels labels, Gate gate, Clock clock) {
    this.view = view;
    this.gate = gate;
    this.labels = labels;
    this.clock = clock;
  }

  void get(HttpExchange exchange, String path) throws IOException, HttpProblem {
    Visitor visitor = gate.admit(exchange, Role.VIEW);
    if (path.equals("/api/me")) {
      gate.sendVisitor(exchange, visitor);
      return;
    }
    if (path.equals("/api/state")) {
      Responses.sendJson(exchange, 200, view.state());
      return;
    }
    Matcher exemplar = EXEMPLAR.matcher(path);
    if (exemplar.matches()) {
      int index = Integer.parseInt(exemplar.group(2));
      sendPicture(exchange, view.exemplar(exemplar.group(1), index));
      return;
    }
    Matcher frame = FRAME.matcher(path);
    if (frame.matches()) {
      sendPicture(exchange, view.frame(frame.group(1)));
      return;
    }
    throw new HttpProblem(404, "there is nothing at this address");
  }

  void post(HttpExchange exchange, String path) throws IOException, HttpProblem {
    if (path.equals("/api/sign-in")) {
      gate.signIn(exchange);
      return;
    }
    if (path.equals("/api/sign-out")) {
      gate.signOut(exchange);
      return;
    }
    Matcher label = LABEL.matcher(path);
    if (!label.matches()) {
      throw new HttpProblem(404, "there is nothing at this address");
    }
    Visitor visitor = gate.admitChange(exchange, Role.LABEL);
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new HttpProblem(413, "the body may have at most " + LONGEST_BODY + " bytes");
    }
    LabelRequest request = LabelRequest.parse(body);
    GroupCard group =
        view.groupCard(label.group(1))
            .orElseThrow(() -> new HttpProblem(404, "there is no such group"));
    if (group.stage() != GroupCard.Stage.OPEN) {
      throw new HttpProblem(409, "somebody already decided about this group");
    }
    LabelAssigned decided = request.toRecord(group.groupId(), visitor, clock.instant());
    try {
      labels.write(decided);
    } catch (KafkaException e) {
      throw new HttpProblem(503, e.getMessage());
    }
    LOG.info(
        "{} {} {} as '{}'",
        decided.getAuthor(),
        decided.getAction(),
        decided.getSubjectId(),
        decided.getClassName());
    // At once, so that a second press on the button finds it decided.
    view.label(decided.getSubjectId(), decided);
    Responses.sendJson(
        exchange,
        200,
        Map.of(
            "groupId", decided.getSubjectId(),
            "action", decided.getAction().name(),
            "name", decided.getClassName()));
  }

  private static void sendPicture(HttpExchange exchange, Optional<Picture> picture)
      throws IOException, HttpProblem {
    Picture found =
        picture.orElseThrow(() -> new HttpProblem(404, "this picture is not kept any more"));
    exchange.getResponseHeaders().set("Cache-Control", "private, max-age=600");
    Responses.send(exchange, 200, found.mediaType(), found.bytes());
  }
}
