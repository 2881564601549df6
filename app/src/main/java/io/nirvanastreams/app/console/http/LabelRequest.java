package io.nirvanastreams.app.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nirvanastreams.app.console.access.Visitor;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.io.IOException;
import java.time.Instant;

/**
 * What a person decided about a group: a name, or to ignore it.
 *
 * @param name class name; empty to ignore the group
 * @param author who decided
 */
record LabelRequest(String name, String author) {
  private static final int LONGEST = 64;
  private static final String SOMEBODY = "console";

  /**
   * Reads {@code {"name": "...", "author": "..."}} or {@code {"ignore": true, "author": "..."}}.
   *
   * @throws HttpProblem when it is neither
   */
  static LabelRequest parse(byte[] body) throws HttpProblem, IOException {
    JsonNode json;
    try {
      json = Responses.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new HttpProblem(400, "the body is not JSON");
    }
    if (json == null || !json.isObject()) {
      throw new HttpProblem(400, "the body must be a JSON object");
    }
    String given = text(json, "author");
    String author = given.isEmpty() ? SOMEBODY : given;
    JsonNode ignore = json.path("ignore");
    if (!ignore.isMissingNode() && !ignore.isBoolean()) {
      throw new HttpProblem(400, "'ignore' must be true or false");
    }
    if (ignore.asBoolean()) {
      if (json.has("name")) {
        throw new HttpProblem(400, "give a name or ignore the group, not both");
      }
      return new LabelRequest("", author);
    }
    String name = text(json, "name");
    if (name.isEmpty()) {
      throw new HttpProblem(400, "a name is needed");
    }
    if (name.indexOf('/') >= 0) {
      throw new HttpProblem(400, "a name may not have a '/', which separates the parts of keys");
    }
    return new LabelRequest(name, author);
  }

  /** The record. A visitor who signed in cannot write under another name. */
  LabelAssigned toRecord(String groupId, Visitor visitor, Instant now) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setSubjectType(SubjectType.GROUP)
        .setAction(name.isEmpty() ? LabelAction.IGNORE : LabelAction.ASSIGN)
        .setClassName(name)
        .setAuthor(visitor.name().isEmpty() ? author : visitor.name())
        .setAssignedAt(now)
        .build();
  }

  private static String text(JsonNode json, String field) throws HttpProblem {
    JsonNode node = json.path(field);
    if (node.isMissingNode()) {
      return "";
    }
    if (!node.isTextual()) {
      throw new HttpProblem(400, "'" + field + "' must be text");
    }
    String text = node.textValue().strip();
    if (text.length() > LONGEST) {
      throw new HttpProblem(400, "'" + field + "' may have at most " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(LabelRequest::invisible)) {
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
