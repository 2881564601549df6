package io.nirvanastreams.video;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/**
 * A camera that speaks as much RTSP (RFC 2326) as a client needs that wants its stream over TCP.
 * FFmpeg's own program packs the clip into RTP packets; they are passed on within the connection.
 */
final class RtspServer implements AutoCloseable {
  private static final int QUIET_MILLIS = 300;

  private final Path clip;
  private final String description;
  private final boolean ends;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger plays = new AtomicInteger();

  /** A camera; when the clip is over it ends the connection, or keeps silent. */
  RtspServer(Path clip, Path description, boolean ends) throws IOException {
    this.clip = clip;
    this.description = Files.readString(description).replace("\n", "\r\n");
    this.ends = ends;
    this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  String url() {
    return "rtsp://127.0.0.1:" + server.getLocalPort() + "/yard";
  }

  int plays() {
    return plays.get();
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String method = line.split(" ", 2)[0];
        String sequence = "0";
        for (String header = in.readLine();
            header != null && !header.isEmpty();
            header = in.readLine()) {
          if (header.startsWith("CSeq:")) {
            sequence = header.substring(5).strip();
          }
        }
        answer(out, sequence, method);
        if (method.equals("PLAY")) {
          plays.incrementAndGet();
          play(out);
          if (ends) {
            return;
          }
        }
      }
    } catch (IOException e) {
      // The client left.
    }
  }

  private void answer(DataOutputStream out, String sequence, String method) throws IOException {
    StringBuilder answer = new StringBuilder("RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\n");
    String body = "";
    switch (method) {
      case "OPTIONS" -> answer.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n");
      case "DESCRIBE" -> {
        body = description;
        answer.append("Content-Type: application/sdp\r\nContent-Base: " + url() + "/\r\n");
      }
      case "SETUP" ->
          answer.append("Session: 7\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
      default -> answer.append("Session: 7\r\n");
    }
    answer.append("Content-Length: " + body.length() + "\r\n\r\n" + body);
    out.write(answer.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void play(DataOutputStream out) throws IOException {
    try (DatagramSocket packets = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      packets.setReceiveBufferSize(1 << 20);
      packets.setSoTimeout(QUIET_MILLIS);
      Process packer = packer(packets.getLocalPort());
      try {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (receive(packets, packet, packer)) {
          out.writeByte('$');
          out.writeByte(0);
          out.writeShort(packet.getLength());
          out.write(packet.getData(), 0, packet.getLength());
          out.flush();
        }
      } finally {
        packer.destroyForcibly();
      }
    }
  }

  private Process packer(int port) throws IOException {
    Path program = Path.of(Loader.load(ffmpeg.class));
    for (String library : List.of("libva.so.2", "libva-drm.so.2", "libdrm.so.2")) {
      // What the program needs and is not unpacked with it.
      Loader.cacheResource(ffmpeg.class, "linux-x86_64/" + library);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "-loglevel",
            "error",
            "-readrate",
            "4",
            "-i",
            clip.toString(),
            "-c",
            "copy",
            "-f",
            "rtp",
            "rtp://127.0.0.1:" + port + "?pkt_size=1200");
    builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** False when the packer ended and nothing is left of what it sent. */
  private static boolean receive(DatagramSocket packets, DatagramPacket packet, Process packer) {
    while (true) {
      boolean over = !packer.isAlive();
      try {
        packets.receive(packet);
        return true;
      } catch (SocketTimeoutException e) {
        if (over) {
          return false;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
