package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import io.nirvanastreams.app.console.access.Visitor;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.app.console.view.Picture;
import java.io.IOException;
import java.util.Optional;

/** The data behind the page, and what the page decides. Safe from any thread. */
final class Api {
  private final ConsoleView view;
  private final EventStream events;
  private final Decisions decisions;
  private final Gate gate;

  Api(ConsoleView view, EventStream events, Decisions decisions, Gate gate) {
    this.view = view;
    this.events = events;
    this.decisions = decisions;
    this.gate = gate;
  }

  /** Answers one request; decisions look after roles themselves, since refusals leave records. */
  void serve(HttpExchange exchange, Route.Match request) throws IOException, HttpProblem {
    switch (request.route()) {
      case OPENAPI -> StaticFiles.send(exchange, Route.OPENAPI.template());
      case SIGN_IN -> decisions.signIn(exchange);
      case SIGN_OUT -> gate.signOut(exchange);
      case LABEL -> decisions.label(exchange, request.text(0));
      case PROMOTE -> decisions.promote(exchange, request.text(0), request.number(1));
      case ROLL_BACK -> decisions.rollBack(exchange, request.text(0));
      default -> show(exchange, request, gate.admit(exchange, request.route().role()));
    }
  }

  private void show(HttpExchange exchange, Route.Match request, Visitor visitor)
      throws IOException, HttpProblem {
    switch (request.route()) {
      case ME -> gate.sendVisitor(exchange, visitor);
      case STATE -> Responses.sendJson(exchange, 200, view.state());
      case EVENTS -> events.serve(exchange);
      case FRAME -> sendPicture(exchange, view.frame(request.text(0)));
      case EXEMPLAR -> sendPicture(exchange, view.exemplar(request.text(0), request.number(1)));
      default -> throw new IllegalStateException("not shown: " + request.route());
    }
  }

  private static void sendPicture(HttpExchange exchange, Optional<Picture> picture)
      throws IOException, HttpProblem {
    Picture found =
        picture.orElseThrow(() -> new HttpProblem(404, "this picture is not kept any more"));
    exchange.getResponseHeaders().set("Cache-Control", "private, max-age=600");
    Responses.send(exchange, 200, found.mediaType(), found.bytes());
  }
}
