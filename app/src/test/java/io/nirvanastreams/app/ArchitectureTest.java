package io.nirvanastreams.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The house: arrows run downward only, and the core stays pure. */
@AnalyzeClasses(
    packages = "io.nirvanastreams",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Each takes a map of settings from its caller. */
  private static final Set<String> MAKES_CLIENTS =
      Set.of(
          "ClusterAccess",
          "TopicTail",
          "AlertFeed",
          "DeadLetters",
          "Redrive",
          "InstanceBeacon",
          "ChunkWriter",
          "ChildBrokers",
          "Repetition",
          "Trial",
          "TopicLimits",
          "TopicCount",
          "TopicSchemaLog",
          "TopicReader",
          "ControlProducer",
          "ModelEventProducer",
          "EvaluationProducer",
          "StartCheck",
          "StreamProcessor");

  private static final String[] KAFKA = {"org.apache.kafka..", "kafka..", "io.confluent.."};

  @ArchTest
  static final ArchRule shouldPointDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.nirvanastreams..")
          .withOptionalLayers(true)
          .layer("app")
          .definedBy("io.nirvanastreams.app..")
          .layer("stream-processor")
          .definedBy("io.nirvanastreams.processor..")
          .layer("trainer")
          .definedBy("io.nirvanastreams.trainer..")
          .layer("records")
          .definedBy("io.nirvanastreams.records..")
          .layer("stores")
          .definedBy("io.nirvanastreams.stores..")
          .layer("camera")
          .definedBy("io.nirvanastreams.camera..")
          .layer("embedding")
          .definedBy("io.nirvanastreams.embedding..")
          .layer("open-set")
          .definedBy("io.nirvanastreams.openset..")
          .layer("schemas")
          .definedBy("io.nirvanastreams.schemas..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("stream-processor")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("trainer")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("records")
          .mayOnlyBeAccessedByLayers("app", "stream-processor", "trainer")
          .whereLayer("stores")
          .mayOnlyBeAccessedByLayers("app", "stream-processor", "trainer")
          .whereLayer("camera")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("embedding")
          .mayOnlyBeAccessedByLayers(
              "app", "stream-processor", "trainer", "records", "stores", "camera")
          .whereLayer("open-set")
          .mayOnlyBeAccessedByLayers("app", "stream-processor", "trainer", "records", "embedding")
          .whereLayer("schemas")
          .mayOnlyBeAccessedByLayers("app", "stream-processor", "trainer", "records", "stores");

  @ArchTest
  static final ArchRule shouldKeepTheOpenSetCorePure =
      noClasses()
          .that()
          .resideInAPackage("io.nirvanastreams.openset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(KAFKA, "ai.djl..", "org.apache.avro..", "com.fasterxml.."));

  @ArchTest
  static final ArchRule shouldKeepKafkaOutOfEmbedding =
      noClasses()
          .that()
          .resideInAPackage("io.nirvanastreams.embedding..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(KAFKA, "org.apache.avro.."));

  @ArchTest
  static final ArchRule shouldKeepKafkaOutOfCameras =
      noClasses()
          .that()
          .resideInAPackage("io.nirvanastreams.camera..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(KAFKA, "org.apache.avro.."));

  @ArchTest
  static final ArchRule shouldKeepBrokerInternalsBehindTheBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nirvanastreams.app.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");

  /**
   * Kafka's clients are made in few places, all of which get their settings from the command line,
   * the environment or a file. What comes in by HTTP or in a record cannot reach them.
   */
  @ArchTest
  static final ArchRule shouldMakeKafkaClientsWhereSettingsComeFromTheUser =
      noClasses().that(areNot(MAKES_CLIENTS)).should().callCodeUnitWhere(makesAClient());

  @ArchTest
  static final ArchRule shouldKeepClientSettingsOutOfHttp =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.nirvanastreams.app.console.http..", "io.nirvanastreams.app.console.view..")
          .or()
          .haveSimpleName("Routes")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.clients..",
              "io.nirvanastreams.app.clients..",
              "io.nirvanastreams.app.config..");

  @ArchTest static final ArchRule shouldHaveNoCyclesInSchemas = acyclic("schemas");

  @ArchTest static final ArchRule shouldHaveNoCyclesInOpenSet = acyclic("openset");

  @ArchTest static final ArchRule shouldHaveNoCyclesInEmbedding = acyclic("embedding");

  @ArchTest static final ArchRule shouldHaveNoCyclesInCamera = acyclic("camera");

  @ArchTest static final ArchRule shouldHaveNoCyclesInStores = acyclic("stores");

  @ArchTest static final ArchRule shouldHaveNoCyclesInTrainer = acyclic("trainer");

  @ArchTest static final ArchRule shouldHaveNoCyclesInProcessor = acyclic("processor");

  @ArchTest static final ArchRule shouldHaveNoCyclesInApp = acyclic("app");

  private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
    return DescribedPredicate.describe(
        "are not " + names, type -> !names.contains(type.getSimpleName()));
  }

  private static DescribedPredicate<JavaCall<?>> makesAClient() {
    return DescribedPredicate.describe(
        "make a Kafka client",
        call -> {
          JavaClass owner = call.getTargetOwner();
          boolean made =
              owner.isAssignableTo("org.apache.kafka.clients.producer.KafkaProducer")
                  || owner.isAssignableTo("org.apache.kafka.clients.consumer.KafkaConsumer")
                  || owner.isAssignableTo("org.apache.kafka.streams.KafkaStreams");
          return (made && call.getName().equals("<init>"))
              || (owner.isAssignableTo("org.apache.kafka.clients.admin.Admin")
                  && call.getName().equals("create"));
        });
  }

  private static ArchRule acyclic(String module) {
    return slices().matching("io.nirvanastreams." + module + ".(*)..").should().beFreeOfCycles();
  }

  private static String[] and(String[] first, String... more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
