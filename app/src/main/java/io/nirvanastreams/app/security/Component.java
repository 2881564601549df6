package io.nirvanastreams.app.security;

import java.util.Locale;

/** A part of the product that connects to Kafka with a principal of its own. */
public enum Component {
  /** Answers images: {@code nirvana process}. */
  PROCESSOR("answers images: nirvana process"),

  /** Learns, publishes and promotes: {@code nirvana retrain, publish, models}. */
  TRAINER("learns, publishes, promotes: nirvana retrain, publish, models"),

  /** Shows the stream and takes names: {@code nirvana console, groups, label}. */
  CONSOLE("shows the stream and takes names: nirvana console, groups, label"),

  /** A console whose operators also promote and roll back. */
  CONSOLE_OPERATE("a console whose operators also promote and roll back: nirvana console"),

  /** Promotes and rolls back by rules: {@code nirvana models watch}. */
  WATCH("promotes and rolls back by rules: nirvana models watch"),

  /** Sends alerts out: {@code nirvana alerts forward}. */
  ALERTS("sends alerts out: nirvana alerts forward"),

  /** Looks at who decided what: {@code nirvana audit}. */
  AUDIT("looks at who decided what: nirvana audit"),

  /** Erases what is kept of a subject: {@code nirvana groups erase}. */
  ERASURE("erases what is kept of a subject: nirvana groups erase"),

  /** Sends images: {@code nirvana ingest}, or any camera. */
  INGEST("sends images: nirvana ingest, or any camera"),

  /** Answers stored images again: {@code nirvana replay}. */
  REPLAY("answers stored images again: nirvana replay"),

  /** Looks at what could not be processed and sends it again. */
  DEAD_LETTERS("looks at what could not be processed and sends it again"),

  /** Makes the topics: {@code nirvana topics}. */
  OPERATOR("makes the topics: nirvana topics");

  private final String purpose;

  Component(String purpose) {
    this.purpose = purpose;
  }

  /** What it is for, for people. */
  public String purpose() {
    return purpose;
  }

  /** Its name as on the command line: {@code dead-letters}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return text();
  }
}
