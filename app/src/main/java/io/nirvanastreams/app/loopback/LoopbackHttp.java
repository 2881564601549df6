package io.nirvanastreams.app.loopback;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens HTTP servers, on 127.0.0.1 where no other address is given. Stateless. */
public final class LoopbackHttp {
  static {
    // The JDK's server writes head and body apart. With Nagle's algorithm the body then waits for
    // the peer's delayed acknowledgement: 50 ms an answer instead of 10. The server reads this
    // property once, when its first instance is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private LoopbackHttp() {}

  /**
   * A server that is bound and not yet started.
   *
   * @param port port on 127.0.0.1; 0 for a free one
   * @throws IOException when the port is taken
   */
  public static HttpServer bind(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return bind(new InetSocketAddress(loopback, port));
  }

  /**
   * A server elsewhere, for what asks its visitors who they are.
   *
   * @throws IOException when the address is taken
   */
  public static HttpServer bind(InetSocketAddress address) throws IOException {
    return HttpServer.create(address, 0);
  }
}
