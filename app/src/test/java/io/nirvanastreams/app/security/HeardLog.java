package io.nirvanastreams.app.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What Kafka's clients, the registry's and the product log, stack traces included. */
final class HeardLog extends AppenderBase<ILoggingEvent> {
  private static final List<String> OTHERS = List.of("org.apache.kafka", "kafka", "io.confluent");
  private static final String OURS = "io.nirvanastreams";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private HeardLog() {}

  /** Listens from now on. */
  static HeardLog listen() {
    HeardLog log = new HeardLog();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    log.setContext(context);
    log.start();
    levels(Level.INFO);
    context.getLogger(OURS).setLevel(Level.DEBUG);
    OTHERS.forEach(name -> log.on(context.getLogger(name)));
    log.on(context.getLogger(OURS));
    return log;
  }

  /** How much the others say. */
  static void levels(Level level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    OTHERS.forEach(name -> context.getLogger(name).setLevel(level));
  }

  /** What was said so far. */
  Collection<String> lines() {
    return lines;
  }

  /** Not on the root, whose appenders get the command's own filters. */
  private void on(Logger logger) {
    logger.setAdditive(false);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + trace);
  }
}
