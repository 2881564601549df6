package io.nirvanastreams.app.broker;

import io.nirvanastreams.app.child.ChildJvm;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Some Kafka brokers, each in a process of its own, made from the embedded broker's jars; every
 * topic is replicated on all, and a write needs all but one. They are there to be killed, restarted
 * and slowed down: everybody, the brokers among themselves too, reaches a broker through a stretch
 * of network that can be made slow, and by {@link #slowBootstrapServers()} through one that always
 * is.
 *
 * <p>{@link #close()} kills them all. Brokers count from 0. Safe from any thread.
 */
public final class ChildBrokers implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration SLOW_WAY = Duration.ofMillis(40);
  private static final long LOOK_MILLIS = 200;

  private final Path directory;
  private final List<Member> members = new ArrayList<>();
  private final List<TcpHop> hops = new ArrayList<>();
  private final List<TcpHop> slowHops = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private ChildBrokers(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts brokers on a new directory and waits until all serve.
   *
   * @throws ClusterException when they do not come up
   */
  public static ChildBrokers start(Path directory, int count) {
    ChildBrokers brokers = new ChildBrokers(directory);
    try {
      brokers.prepare(count);
      for (int index = 0; index < count; index++) {
        brokers.processes.add(brokers.launch(index));
      }
      brokers.awaitAll();
      return brokers;
    } catch (InterruptedException e) {
      brokers.close();
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while the brokers start", e);
    } catch (RuntimeException e) {
      brokers.close();
      throw e;
    } catch (Exception e) {
      brokers.close();
      throw new ClusterException("the brokers do not start: " + e.getMessage(), e);
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return addresses(members.stream().map(Member::advertised).toList());
  }

  /** Where clients connect whose every step should take a while. */
  public String slowBootstrapServers() {
    return addresses(members.stream().map(Member::slowAdvertised).toList());
  }

  /** How many there are, running or not. */
  public int size() {
    return members.size();
  }

  /** Kills a broker without warning (kill -9) and returns when it is gone. */
  public synchronized void kill(int index) throws InterruptedException {
    processes.get(index).destroyForcibly().waitFor();
  }

  /** Starts a broker that is down, on its directory. Returns at once. */
  public synchronized void restart(int index) {
    if (!processes.get(index).isAlive()) {
      processes.set(index, launch(index));
    }
  }

  /** Stops a broker cleanly and starts it again. */
  public synchronized void roll(int index) throws InterruptedException {
    Process process = processes.get(index);
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill(index);
    }
    restart(index);
  }

  /** Holds up every piece that goes to or from a broker; zero makes it fast again. */
  public void slow(int index, Duration each) {
    hops.get(index).delay(each);
  }

  @Override
  public synchronized void close() {
    processes.forEach(Process::destroyForcibly);
    hops.forEach(TcpHop::close);
    slowHops.forEach(TcpHop::close);
    for (Process process : processes) {
      process.onExit().join();
    }
  }

  private void prepare(int count) throws Exception {
    List<Integer> ports = Member.freePorts(3 * count, new Random());
    for (int index = 0; index < count; index++) {
      int listening = ports.get(3 * index);
      int slowListening = ports.get(3 * index + 1);
      TcpHop hop = TcpHop.to(listening, Duration.ZERO);
      hops.add(hop);
      TcpHop slow = TcpHop.to(slowListening, SLOW_WAY);
      slowHops.add(slow);
      members.add(
          new Member(
              index + 1,
              listening,
              hop.port(),
              slowListening,
              slow.port(),
              ports.get(3 * index + 2)));
    }
    String cluster = Uuid.randomUuid().toString();
    for (Member member : members) {
      Path data = data(member);
      Files.createDirectories(data);
      BrokerFormat.format(data, member.id(), cluster);
      try (OutputStream out = Files.newOutputStream(properties(member))) {
        BrokerProperties.of(data, member, members).store(out, null);
      }
    }
  }

  private Process launch(int index) {
    Member member = members.get(index);
    return ChildJvm.start(
        List.of("-Xmx320m", "-XX:TieredStopAtLevel=1"),
        "kafka.Kafka",
        List.of(properties(member).toString()),
        directory.resolve("broker-" + member.id() + ".log"));
  }

  private void awaitAll() throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + START.toNanos();
    try (Admin admin =
        Admin.create(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()))) {
      while (admin.describeCluster().nodes().get().size() < members.size()) {
        if (System.nanoTime() > deadline || processes.stream().noneMatch(Process::isAlive)) {
          throw new ClusterException("not all brokers came up; see the logs in " + directory, null);
        }
        Thread.sleep(LOOK_MILLIS);
      }
      requireReplicas(admin);
    }
  }

  // The setting in a broker's file is only its own; since Kafka 4.1 the cluster's counts.
  private void requireReplicas(Admin admin) throws InterruptedException, ExecutionException {
    ConfigResource all = new ConfigResource(ConfigResource.Type.BROKER, "");
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry(
                    "min.insync.replicas", Integer.toString(Math.max(1, members.size() - 1))),
                AlterConfigOp.OpType.SET));
    admin.incrementalAlterConfigs(Map.of(all, change)).all().get();
  }

  private Path data(Member member) {
    return directory.resolve("broker-" + member.id());
  }

  private Path properties(Member member) {
    return directory.resolve("broker-" + member.id() + ".properties");
  }

  private static String addresses(List<Integer> ports) {
    return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
  }
}
