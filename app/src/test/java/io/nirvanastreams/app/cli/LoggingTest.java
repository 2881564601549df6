package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.cli.RootCommand.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
  @TempDir private Path folder;

  @Test
  void shouldShowOnlyWhatGoesWrong() throws JoranException {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);

    configurator.doConfigure(getClass().getResource("/logback.xml"));

    assertThat(context.getLogger("io.nirvanastreams").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("org.apache.kafka.clients").getEffectiveLevel())
        .isEqualTo(Level.ERROR);
    context.stop();
  }

  @Test
  void shouldWriteLinesForMachines() throws IOException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Path file = folder.resolve("log.json");

    Logging.configure(context, 0, file, LogFormat.JSON);
    context
        .getLogger("io.nirvanastreams.any")
        .atInfo()
        .addKeyValue("eventId", "e-1")
        .addKeyValue("modelVersion", 7)
        .log("answered {} \"so\"", "e-1");
    context.stop();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("formattedMessage").asText()).isEqualTo("answered e-1 \"so\"");
    assertThat(line.get("kvpList").findValue("eventId").asText()).isEqualTo("e-1");
    assertThat(line.get("kvpList").findValue("modelVersion").asText()).isEqualTo("7");
  }
}
