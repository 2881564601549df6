package io.nirvanastreams.app.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What a request carries: a small JSON object. Immutable. */
record JsonBody(JsonNode json) {
  private static final int LONGEST = 4096;

  /**
   * Reads a request's body.
   *
   * @throws HttpProblem when it is too long, no JSON or no object
   */
  static JsonBody read(HttpExchange exchange) throws HttpProblem, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw new HttpProblem(413, "the body may have at most " + LONGEST + " bytes");
    }
    try {
      JsonNode json = Responses.mapper().readTree(body);
      if (json == null || !json.isObject()) {
        throw new HttpProblem(400, "the body must be a JSON object");
      }
      return new JsonBody(json);
    } catch (JsonProcessingException e) {
      throw new HttpProblem(400, "the body is not JSON");
    }
  }

  boolean has(String field) {
    return json.has(field);
  }

  /** A field that is true or false; false when it is not there. */
  boolean flag(String field) throws HttpProblem {
    JsonNode node = json.path(field);
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw new HttpProblem(400, "'" + field + "' must be true or false");
    }
    return node.asBoolean();
  }

  /** A field of one line, without blanks around it; empty when it is not there. */
  String text(String field, int longest) throws HttpProblem {
    JsonNode node = json.path(field);
    if (node.isMissingNode()) {
      return "";
    }
    if (!node.isTextual()) {
      throw new HttpProblem(400, "'" + field + "' must be text");
    }
    String text = node.textValue().strip();
    if (text.length() > longest) {
      throw new HttpProblem(400, "'" + field + "' may have at most " + longest + " characters");
    }
    if (text.codePoints().anyMatch(JsonBody::invisible)) {
      throw new HttpProblem(400, "'" + field + "' may not have invisible characters");
    }
    return text;
  }

  /** Control and format characters: two names that look alike would be two classes. */
  private static boolean invisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
