package io.nirvanastreams.app.console.http;

import io.nirvanastreams.app.console.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the console's API understands, and the role that each takes; null for everybody. */
enum Route {
  OPENAPI("GET", "/api/openapi.json", null),
  SIGN_IN("POST", "/api/sign-in", null),
  SIGN_OUT("POST", "/api/sign-out", null),
  ME("GET", "/api/me", Role.VIEW),
  STATE("GET", "/api/state", Role.VIEW),
  EVENTS("GET", "/api/events", Role.VIEW),
  FRAME("GET", "/api/frames/{eventId}", Role.VIEW),
  EXEMPLAR("GET", "/api/groups/{groupId}/exemplars/{index}", Role.VIEW),
  LABEL("POST", "/api/groups/{groupId}/label", Role.LABEL),
  PROMOTE("POST", "/api/models/{name}/versions/{version}/promote", Role.OPERATE),
  ROLL_BACK("POST", "/api/models/{name}/rollback", Role.OPERATE);

  private final String method;
  private final String template;
  private final Role role;
  private final Pattern pattern;

  Route(String method, String template, Role role) {
    this.method = method;
    this.template = template;
    this.role = role;
    // Ids of groups and images may have any character; numbers are short.
    this.pattern =
        Pattern.compile(
            template
                .replace(".", "\\.")
                .replaceAll("\\{(index|version)}", "(\\\\d{1,9})")
                .replaceAll("\\{\\w+}", "(.+)"));
  }

  /** A request's route and what stands in the place of its names, in order. */
  record Match(Route route, List<String> arguments) {
    String text(int index) {
      return arguments.get(index);
    }

    int number(int index) {
      return Integer.parseInt(arguments.get(index));
    }
  }

  String method() {
    return method;
  }

  String template() {
    return template;
  }

  Role role() {
    return role;
  }

  /** The route of a request. */
  static Match find(String method, String path) throws HttpProblem {
    for (Route route : values()) {
      Optional<Match> match = route.match(method, path);
      if (match.isPresent()) {
        return match.get();
      }
    }
    throw new HttpProblem(404, "there is nothing at this address");
  }

  private Optional<Match> match(String requested, String path) {
    Matcher matcher = pattern.matcher(path);
    if (!method.equals(requested) || !matcher.matches()) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    for (int index = 1; index <= matcher.groupCount(); index++) {
      arguments.add(matcher.group(index));
    }
    return Optional.of(new Match(this, arguments));
  }
}
