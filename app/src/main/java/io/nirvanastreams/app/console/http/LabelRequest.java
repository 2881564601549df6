package io.nirvanastreams.app.console.http;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.time.Instant;

/**
 * What a person decided about a group: a name, or to ignore it.
 *
 * @param name class name; empty to ignore the group
 */
record LabelRequest(String name) {
  private static final int LONGEST = 64;

  /**
   * Reads {@code {"name": "..."}} or {@code {"ignore": true}}.
   *
   * @throws HttpProblem when it is neither
   */
  static LabelRequest of(JsonBody body) throws HttpProblem {
    if (body.flag("ignore")) {
      if (body.has("name")) {
        throw new HttpProblem(400, "give a name or ignore the group, not both");
      }
      return new LabelRequest("");
    }
    String name = body.text("name", LONGEST);
    if (name.isEmpty()) {
      throw new HttpProblem(400, "a name is needed");
    }
    if (name.indexOf('/') >= 0) {
      throw new HttpProblem(400, "a name may not have a '/', which separates the parts of keys");
    }
    return new LabelRequest(name);
  }

  boolean ignores() {
    return name.isEmpty();
  }

  LabelAssigned toRecord(String groupId, String author, Instant now) {
    return LabelAssigned.newBuilder()
        .setSubjectId(groupId)
        .setSubjectType(SubjectType.GROUP)
        .setAction(ignores() ? LabelAction.IGNORE : LabelAction.ASSIGN)
        .setClassName(name)
        .setAuthor(author)
        .setAssignedAt(now)
        .build();
  }
}
