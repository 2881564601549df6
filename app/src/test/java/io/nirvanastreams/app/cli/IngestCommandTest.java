package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1:1/s | --fps=0            | --fps is 0.0
          frames.zip           | --fps=5            | use --rate
          http://127.0.0.1:1/s | --loop             | no end to start again from
          http://127.0.0.1:1/s | --watch            | waits in a folder
          http://127.0.0.1:1/s | --queue=0          | at least 1
          http://127.0.0.1:1/s | --when-full=sometimes | block or drop-oldest
          http://127.0.0.1:1/s | --retries=-1       | 0 or more
          http://127.0.0.1:1/s | --camera-timeout=0 | more than 0
          http://127.0.0.1:1/s | --crop=1,2,3       | X,Y,WIDTH,HEIGHT
          http://127.0.0.1:1/s | --crop=1,2,0,4     | X,Y,WIDTH,HEIGHT
          http://127.0.0.1:1/s | --resize=640       | WIDTHxHEIGHT
          http://127.0.0.1:1/s | --motion=2         | from 0 to 1
          http://127.0.0.1:1/s | --quality=0        | 1 to 100
          rtsp://127.0.0.1:1/s | --count=1          | video module
          clip.mp4             | --count=1          | video module
          http:///s            | --count=1          | names no host
          nowhere              | --watch            | is no folder
          nowhere              | --count=1          | there is no nowhere
          """)
  void shouldRefuseNonsense(String location, String option, String says) {
    Cli cli = Cli.run("ingest", location, option);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).singleElement().asString().contains(says);
  }
}
