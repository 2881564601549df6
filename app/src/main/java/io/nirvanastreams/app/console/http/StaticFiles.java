package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The page's own files, out of the class path. Only what is listed here can be asked for, so a path
 * cannot lead elsewhere.
 */
final class StaticFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, Asset> ASSETS =
      Map.ofEntries(
          Map.entry("/", new Asset("index.html", HTML)),
          Map.entry("/console.css", new Asset("console.css", CSS)),
          Map.entry("/icon.svg", new Asset("icon.svg", "image/svg+xml")),
          Map.entry("/api/openapi.json", new Asset("openapi.json", "application/json")),
          Map.entry("/js/main.js", new Asset("js/main.js", SCRIPT)),
          Map.entry("/js/access.js", new Asset("js/access.js", SCRIPT)),
          Map.entry("/js/dom.js", new Asset("js/dom.js", SCRIPT)),
          Map.entry("/js/counters.js", new Asset("js/counters.js", SCRIPT)),
          Map.entry("/js/frames.js", new Asset("js/frames.js", SCRIPT)),
          Map.entry("/js/groups.js", new Asset("js/groups.js", SCRIPT)),
          Map.entry("/js/operate.js", new Asset("js/operate.js", SCRIPT)),
          Map.entry("/js/models.js", new Asset("js/models.js", SCRIPT)),
          Map.entry("/js/alerts.js", new Asset("js/alerts.js", SCRIPT)));

  private record Asset(String file, String mediaType) {}

  private StaticFiles() {}

  static void send(HttpExchange exchange, String path) throws IOException, HttpProblem {
    Asset asset = ASSETS.get(path);
    if (asset == null) {
      throw new HttpProblem(404, "there is nothing at this address");
    }
    try (InputStream in = StaticFiles.class.getResourceAsStream("/console/" + asset.file())) {
      if (in == null) {
        throw new IOException("the application lacks its file console/" + asset.file());
      }
      Responses.send(exchange, 200, asset.mediaType(), in.readAllBytes());
    }
  }
}
