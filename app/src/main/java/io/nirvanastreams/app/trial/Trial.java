package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.guarantee.Evidence;
import io.nirvanastreams.app.guarantee.ModelHistory;
import io.nirvanastreams.app.guarantee.SeenAnswer;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One trial on a cluster: trains models, starts processors, sends images, brings about the faults,
 * waits until all is answered, has it answered again, and hands over what was seen. One thread.
 */
final class Trial {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SEND_PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 200;
  private static final long TELL_MILLIS = 10_000;
  private static final int MOST_TRAINED = 6;

  /** One shape of every forward pass, so that an answer does not depend on its batch. */
  private static final int BATCH = 16;

  private final TrialSettings settings;
  private final TrialCluster cluster;
  private final Path work;
  private final Journal journal;
  private final BooleanSupplier stopped;

  /**
   * A trial that has not begun.
   *
   * @param work gets models, states and logs
   * @param stopped asked now and then whether to give up
   */
  Trial(
      TrialSettings settings,
      TrialCluster cluster,
      Path work,
      Journal journal,
      BooleanSupplier stopped) {
    this.settings = settings;
    this.cluster = cluster;
    this.work = work;
    this.journal = journal;
    this.stopped = stopped;
  }

  /**
   * Runs to the end.
   *
   * @throws KafkaException when the cluster refuses images
   * @throws InterruptedException when the user wants it to end
   */
  Evidence run() throws IOException, BadModelException, InterruptedException {
    ClusterAccess access = cluster.access();
    int versions = Math.min(MOST_TRAINED, settings.times(FaultKind.SWAP_MODEL) + 1);
    TrialModels models = TrialModels.train(work.resolve("models"), versions, settings.seed());
    journal.say("%d model versions trained", versions);
    cluster.createTopics(access, settings.partitions());
    Operator operator = new Operator(cluster, models, blobs(), work);
    operator.swap();
    Cameras cameras = new Cameras(settings, access.topics().images().name());
    List<String> arguments = arguments(access);
    List<ProcessorInstance> processors =
        IntStream.rangeClosed(1, settings.processors())
            .mapToObj(number -> new ProcessorInstance(Integer.toString(number), arguments, work))
            .toList();
    ProcessorInstance extra = new ProcessorInstance("extra", arguments, work);
    try (CatalogueWatch watch = CatalogueWatch.start(access);
        AnswerCount count = new AnswerCount(access, journal);
        Conductor conductor =
            new Conductor(
                FaultPlan.of(settings, cluster.brokers().isPresent()),
                processors,
                extra,
                cluster.brokers().orElse(null),
                operator,
                cameras,
                settings,
                journal)) {
      processors.forEach(ProcessorInstance::start);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> send(cameras, () -> !conductor.ended()));
      count.await(() -> 1, PATIENCE);
      journal.say("the first image is answered; faults begin");
      conductor.start();
      awaitLoad(cameras, count, conductor, sending);
      processors.forEach(ProcessorInstance::start);
      boolean all = count.await(cameras::sentCount, PATIENCE);
      journal.say(
          "%,d of %,d images answered%s",
          count.count(), cameras.sentCount(), all ? "" : "; no more answers come");
      for (ProcessorInstance processor : processors) {
        processor.stop();
      }
      ModelHistory history =
          EvidenceReader.models(access, operator.broken(), operator.interrupted(), watch.halves());
      return new Evidence(
          cameras.sent(), EvidenceReader.answers(access), history, repeated(access));
    } finally {
      processors.forEach(ProcessorInstance::close);
      extra.close();
    }
  }

  private List<SeenAnswer> repeated(ClusterAccess access) throws InterruptedException {
    ClusterAccess again = cluster.withPrefix(access.topics().prefix() + "-again");
    return new Repetition(cluster, again, work)
        .run(arguments(again), settings.partitions(), journal);
  }

  private void awaitLoad(
      Cameras cameras, AnswerCount count, Conductor conductor, CompletableFuture<Void> sending)
      throws InterruptedException {
    long told = System.nanoTime();
    while (!sending.isDone() || !conductor.ended()) {
      if (stopped.getAsBoolean()) {
        throw new InterruptedException("stopped by the user");
      }
      if (System.nanoTime() - told > TELL_MILLIS * 1_000_000) {
        told = System.nanoTime();
        journal.say("%,d images sent, %,d answered", cameras.sentCount(), count.count());
      }
      Thread.sleep(LOOK_MILLIS);
    }
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new KafkaException("the images could not be sent: " + e.getCause().getMessage(), e);
    }
  }

  private void send(Cameras cameras, BooleanSupplier more) {
    Map<String, Object> config = new HashMap<>(cluster.access().kafka());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    // A camera that loses images to a broker's restart would be a fault of the trial.
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) SEND_PATIENCE.toMillis());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_PATIENCE.toMillis());
    try (Producer<String, ImageEvent> producer =
        new KafkaProducer<>(
            config, new StringSerializer(), cluster.access().serdes().<ImageEvent>serializer())) {
      cameras.run(producer, more);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private List<String> arguments(ClusterAccess access) {
    List<String> arguments = new ArrayList<>(cluster.options(access));
    arguments.addAll(
        List.of(
            "--name=" + TrialModels.NAME,
            "--device=cpu",
            "--blob-store=" + blobs(),
            "--setting=application.id=" + access.topics().prefix(),
            "--setting=execution=blocks",
            "--setting=precision=fp32",
            "--setting=batch.max=" + BATCH,
            "--setting=batch.fixed=" + BATCH));
    return arguments;
  }

  private Path blobs() {
    return work.resolve("blobs");
  }
}
