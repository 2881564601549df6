package io.nirvanastreams.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads properties files: {@code key=value} lines, UTF-8, {@code #} comments. Stateless. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * The settings of a file.
   *
   * @throws UsageException when there is no such file or it cannot be read
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file + "; check the path", e);
    } catch (MalformedInputException e) {
      throw new UsageException(file + " is not UTF-8 text; save it as UTF-8", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("cannot read " + file + ": " + e.getMessage(), e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString().trim()));
    return settings;
  }
}
