package io.nirvanastreams.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpHopTest {
  @Test
  void shouldCarryBothWays() throws IOException {
    try (ServerSocket broker = server();
        TcpHop hop = TcpHop.to(broker.getLocalPort(), Duration.ZERO);
        Socket client = connect(hop.port());
        Socket accepted = broker.accept()) {
      client.getOutputStream().write(42);
      assertThat(accepted.getInputStream().read()).isEqualTo(42);
      accepted.getOutputStream().write(43);
      assertThat(client.getInputStream().read()).isEqualTo(43);
    }
  }

  @Test
  void shouldHoldUpWhatIsSent() throws IOException {
    Duration delay = Duration.ofMillis(50);
    try (ServerSocket broker = server();
        TcpHop hop = TcpHop.to(broker.getLocalPort(), Duration.ZERO);
        Socket client = connect(hop.port());
        Socket accepted = broker.accept()) {
      hop.delay(delay);
      long start = System.nanoTime();
      client.getOutputStream().write(42);
      assertThat(accepted.getInputStream().read()).isEqualTo(42);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
    }
  }

  @Test
  void shouldCutTheClientWhenTheBrokerDies() throws IOException {
    try (ServerSocket broker = server();
        TcpHop hop = TcpHop.to(broker.getLocalPort(), Duration.ZERO);
        Socket client = connect(hop.port())) {
      broker.accept().close();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldCutTheClientWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket gone = server()) {
      port = gone.getLocalPort();
    }
    try (TcpHop hop = TcpHop.to(port, Duration.ZERO);
        Socket client = connect(hop.port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
