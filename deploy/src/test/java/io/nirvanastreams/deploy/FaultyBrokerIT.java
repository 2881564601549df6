package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * The processor's image against a broker that stops answering, dies, and cannot be reached: each
 * image is answered, none twice. A camera sends all the while; each fault lasts until so many more
 * images were taken.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultyBrokerIT {
  private static final String IMAGE = "nirvana-streams/processor";
  private static final double PER_SECOND = 40;
  private static final int DURING_A_FAULT = 150;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path directory;

  private static Containers containers;
  private static GenericContainer<?> processor;
  private static Camera camera;
  private static final ToStringConsumer log = new ToStringConsumer();

  @BeforeAll
  static void start() throws Exception {
    Containers.needEngine();
    needImage();
    containers = Containers.start();
    DrawnImages.write(directory);
    processor =
        // Under a host name: a prefix for public images is not meant for this one.
        new GenericContainer<>("localhost/" + IMAGE + ":latest")
            .withNetwork(containers.network())
            .withCopyFileToContainer(MountableFile.forHostPath(directory, 0755), "/images")
            .withEnv(
                Map.of(
                    "NIRVANA_BOOTSTRAP_SERVERS", "broker:9092",
                    "NIRVANA_SCHEMA_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7",
                    "NIRVANA_HEAP", "512m"))
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .withEntrypoint("/bin/bash", "-euc")
                        .withCmd(
                            """
                            nirvana topics create --partitions 2
                            nirvana train --data /images --image-size 1x28x28 --epochs 1 --recipe batch-size=16 --out model
                            nirvana publish model --promote
                            exec nirvana process --instance-id it --state-dir state
                            """))
            .withLogConsumer(log)
            .waitingFor(Wait.forHealthcheck())
            .withStartupTimeout(Duration.ofMinutes(4));
    try {
      processor.start();
    } catch (RuntimeException e) {
      throw new AssertionError("the processor did not become ready: " + log.toUtf8String(), e);
    }
    camera = Camera.start(containers.access(), directory, PER_SECOND);
    await().atMost(PATIENCE).until(() -> answered() >= 20);
  }

  @AfterAll
  static void stop() {
    if (camera != null) {
      camera.close();
    }
    if (processor != null) {
      processor.stop();
    }
    if (containers != null) {
      containers.close();
    }
  }

  @Test
  @Order(1)
  void shouldGoOnAfterABrokerThatDidNotAnswer() {
    String broker = containers.broker().getContainerId();

    docker().pauseContainerCmd(broker).exec();
    camera.awaitOffered(DURING_A_FAULT);
    docker().unpauseContainerCmd(broker).exec();

    awaitMoreAnswers();
  }

  @Test
  @Order(2)
  void shouldGoOnAfterABrokerThatWasKilled() {
    String broker = containers.broker().getContainerId();

    docker().killContainerCmd(broker).exec();
    camera.awaitOffered(DURING_A_FAULT);
    docker().startContainerCmd(broker).exec();

    awaitMoreAnswers();
  }

  @Test
  @Order(3)
  void shouldGoOnAfterBeingCutOff() {
    String network = containers.network().getId();
    String id = processor.getContainerId();

    docker().disconnectFromNetworkCmd().withNetworkId(network).withContainerId(id).exec();
    camera.awaitOffered(DURING_A_FAULT);
    docker().connectToNetworkCmd().withNetworkId(network).withContainerId(id).exec();

    awaitMoreAnswers();
  }

  @Test
  @Order(4)
  void shouldHaveAnsweredEachImageOnce() {
    camera.stop();
    await().atMost(PATIENCE).until(() -> answered() >= camera.accepted());

    assertThat(processor.isRunning()).as(log.toUtf8String()).isTrue();
    assertThat(camera.images()).hasSizeGreaterThan(3 * DURING_A_FAULT).doesNotHaveDuplicates();
    assertThat(camera.answers()).containsExactlyInAnyOrderElementsOf(camera.images());
    System.out.printf(
        "answers = images through pause, kill and cut: %d%n", camera.answers().size());
  }

  private static void awaitMoreAnswers() {
    int before = answered();
    await().atMost(PATIENCE).until(() -> answered() > before + 20);
  }

  private static int answered() {
    return camera.answers().size();
  }

  /** The image is built by deploy/docker/build from the jars of this checkout. */
  private static void needImage() {
    boolean there;
    try {
      docker().inspectImageCmd(IMAGE).exec();
      docker().tagImageCmd(IMAGE, "localhost/" + IMAGE, "latest").exec();
      there = true;
    } catch (NotFoundException e) {
      there = false;
    }
    String reason = "skipped: there is no image " + IMAGE + "; deploy/docker/build makes it";
    if (!there) {
      System.out.println(reason);
    }
    assumeTrue(there, reason);
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
