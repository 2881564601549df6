package io.nirvanastreams.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Hides what must not be logged. Stateless. */
public final class Secrets {
  /** What stands in place of a secret. */
  public static final String MASK = "********";

  private static final Pattern SECRET =
      Pattern.compile(
          "password|secret|token|credential|jaas|user\\.info|private|keystore\\.key|webhook");

  private static final Pattern IN_URL = Pattern.compile("://[^/@\\s]*@");

  private Secrets() {}

  /** The settings with the values of secret keys masked, sorted. */
  public static Map<String, String> masked(Map<String, ?> settings) {
    Map<String, String> result = new TreeMap<>();
    settings.forEach((key, value) -> result.put(key, masked(key, String.valueOf(value))));
    return result;
  }

  /** The value to be logged for a key; user names and passwords in URLs are masked too. */
  public static String masked(String key, String value) {
    if (SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()) {
      return MASK;
    }
    return IN_URL.matcher(value).replaceAll("://" + MASK + "@");
  }
}
