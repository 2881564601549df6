package io.nirvanastreams.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.nirvanastreams.app.cli.RootCommand.LogFormat;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Sets what is logged where. The terminal gets warnings of the product; {@code --verbose} its
 * course, twice also that of Kafka. A log file always gets the product's course.
 */
final class Logging {
  private static final String PRODUCT = "io.nirvanastreams";
  private static final String[] LIBRARIES = {"org.apache.kafka", "kafka", "state.change.logger"};

  private Logging() {}

  static void configure(int verbosity, Path logFile, LogFormat format) {
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), verbosity, logFile, format);
  }

  static void configure(LoggerContext context, int verbosity, Path logFile, LogFormat format) {
    if (verbosity > 0 || logFile != null) {
      context.getLogger(PRODUCT).setLevel(verbosity > 1 ? Level.DEBUG : Level.INFO);
    }
    if (verbosity > 1) {
      for (String library : LIBRARIES) {
        context.getLogger(library).setLevel(Level.INFO);
      }
    }
    Level terminal = verbosity == 0 ? Level.WARN : verbosity == 1 ? Level.INFO : Level.DEBUG;
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              appender.clearAllFilters();
              appender.addFilter(threshold(terminal));
              if (format == LogFormat.JSON
                  && appender instanceof OutputStreamAppender<ILoggingEvent> written) {
                written.setEncoder(json(context));
              }
            });
    if (logFile != null) {
      root.addAppender(
          file(context, logFile, format == LogFormat.JSON ? json(context) : text(context)));
    }
  }

  private static ThresholdFilter threshold(Level level) {
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(level.toString());
    filter.start();
    return filter;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36} - %msg%n");
    encoder.start();
    return encoder;
  }

  /** One object a line; what a line is about stands in its kvpList, such as the eventId. */
  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.start();
    return encoder;
  }

  private static FileAppender<ILoggingEvent> file(
      LoggerContext context, Path path, Encoder<ILoggingEvent> encoder) {
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(path.toString());
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
