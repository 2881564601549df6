package io.nirvanastreams.app.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back alerts about what an alert was sent of shortly before. Counted from the last one that
 * was sent, not raised: what was held back or never arrived does not prolong it. For one thread.
 */
public final class Cooldown {
  private static final Logger LOG = LoggerFactory.getLogger(Cooldown.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  // Kafka's default limit on what is kept beside an offset is 4096 bytes.
  private static final int MOST_TEXT = 3_500;

  private final Duration length;
  private final Clock clock;
  // In the order of sending, so that the oldest come first.
  private final Map<String, Long> sent = new LinkedHashMap<>();

  /** Nothing was sent yet. */
  public Cooldown(Duration length, Clock clock) {
    this.length = length;
    this.clock = clock;
  }

  /** Whether an alert about this has to be held back. */
  public boolean holdsBack(String subject) {
    forgetOld();
    return sent.containsKey(subject);
  }

  /** An alert about this was sent now. */
  public void sent(String subject) {
    sent.remove(subject);
    sent.put(subject, clock.millis());
  }

  /** What a successor has to know, short enough to stand beside an offset: the latest of it. */
  public String save() {
    forgetOld();
    Map<String, Long> kept = new LinkedHashMap<>(sent);
    String text = json(kept);
    while (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_TEXT) {
      kept.remove(kept.keySet().iterator().next());
      text = json(kept);
    }
    return kept.isEmpty() ? "" : text;
  }

  /** Takes over what a predecessor saved; text that is not of its kind is as good as none. */
  public void load(String saved) {
    if (saved.isEmpty()) {
      return;
    }
    try {
      sent.putAll(JSON.readValue(saved, new TypeReference<LinkedHashMap<String, Long>>() {}));
    } catch (JsonProcessingException e) {
      LOG.warn("the cooldown of the forwarder before is not known: {}", e.getOriginalMessage());
    }
  }

  private void forgetOld() {
    long oldest = clock.millis() - length.toMillis();
    sent.values().removeIf(at -> at <= oldest);
  }

  private static String json(Map<String, Long> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names and numbers are JSON", e);
    }
  }
}
