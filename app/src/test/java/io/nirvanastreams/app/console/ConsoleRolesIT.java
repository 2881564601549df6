package io.nirvanastreams.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.cli.Cli;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.topic.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A console with tokens in a real browser: each role sees what it may do, and can do it. */
class ConsoleRolesIT {
  private static final String VIEWER = "viewer-0123456789";
  private static final String LABELLER = "labeller-0123456789";
  private static final String OPERATOR = "operator-0123456789";
  private static final By NAMING = By.cssSelector("[data-group='bags'] .naming");
  private static final By PROMOTE =
      By.cssSelector("tr.classes button.operate[title='Make version 2 live']");

  @TempDir private static Path folder;

  private static LocalCluster cluster;
  private static ClusterAccess access;
  private static ConsoleServer console;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumePresent();
    cluster = LocalCluster.startTemporary();
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix(Topics.DEFAULT_PREFIX),
            Map.of());
    run("topics", "create");
    TestModels.write(folder.resolve("first"));
    TestModels.write(folder.resolve("second"), 2, 0.05);
    String blobs = "--blob-store=" + folder.resolve("blobs");
    run("publish", folder.resolve("first").toString(), "--unsigned", "--promote", blobs);
    run("publish", folder.resolve("second").toString(), "--unsigned", blobs);
    try (Producer<String, NoveltyGroup> producer = access.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  access.topics().groups().name(),
                  "bags",
                  Samples.group("bags", 37, GroupState.OPEN)))
          .get();
    }
    Path tokens =
        Files.writeString(
            folder.resolve("tokens"),
            "vic view %s%nlea label %s%nolga operate %s%n".formatted(VIEWER, LABELLER, OPERATOR));
    console =
        ConsoleServer.start(
            new ConsoleSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Tokens.read(tokens),
                access.topics(),
                access.kafka(),
                access.registry()));
    browser = Browser.open(folder.resolve("browser"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (console != null) {
      console.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void shouldShowEachRoleWhatItMayDoAndKeepWhatItDid() throws Exception {
    browser.get(console.uri().toString());
    eventually().until(() -> browser.findElement(By.id("sign-in")).isDisplayed());
    assertThat(browser.findElement(By.tagName("main")).isDisplayed()).isFalse();
    picture("sign-in");
    browser.findElement(By.id("token")).sendKeys("guess-0123456789");
    browser.findElement(By.cssSelector("#sign-in-form button")).click();
    eventually()
        .until(() -> browser.findElement(By.id("sign-in-error")).getText().contains("not known"));

    signIn(VIEWER, "vic (view)");
    awaitShown(NAMING, false);
    awaitShown(PROMOTE, false);
    picture("view");
    signOut();

    signIn(LABELLER, "lea (label)");
    awaitShown(NAMING, true);
    awaitShown(PROMOTE, false);
    signOut();

    signIn(OPERATOR, "olga (operate)");
    awaitShown(NAMING, true);
    picture("operate");
    click(PROMOTE);
    browser.findElement(By.id("operate-reason")).sendKeys("knows the bags");
    picture("promote");
    browser.findElement(By.cssSelector("#operate-form button.primary")).click();
    eventually()
        .until(() -> browser.findElement(By.id("live-version")).getText().equals("version 2"));
    picture("promoted");

    Promotion promotion =
        Records.latest(access, access.topics().promotions(), Promotion.class).values().stream()
            .filter(one -> one.getVersion() == 2 && one.getRole() == ModelRole.LIVE)
            .findAny()
            .orElseThrow();
    assertThat(promotion.getAuthor()).isEqualTo("olga");
    assertThat(promotion.getReason()).isEqualTo("knows the bags");

    click(By.cssSelector("tr.classes button.operate[title*='before']"));
    browser.findElement(By.cssSelector("#operate-form button.primary")).click();
    eventually()
        .until(
            () ->
                Models.live(Models.catalogue(access), "default").orElseThrow().spec().version()
                    == 1);

    Cli audit = run("audit", "list");
    assertThat(audit.out())
        .containsPattern("olga +operate +promote +model/default/2 +knows the bags +console 127")
        .containsPattern("olga +operate +roll back +model/default/1")
        .containsPattern("vic +view +sign in")
        .containsPattern("- +- +sign in .*refused: this token is not known here")
        .doesNotContain(OPERATOR);
    assertThat(run("audit", "list", "--actor=vic").out()).doesNotContain("olga");
    assertThat(run("audit", "list", "--action=promote", "--limit=1").out().lines()).hasSize(2);
  }

  private static void signIn(String token, String visitor) {
    eventually().until(() -> browser.findElement(By.id("sign-in")).isDisplayed());
    WebElement field = browser.findElement(By.id("token"));
    field.clear();
    field.sendKeys(token);
    browser.findElement(By.cssSelector("#sign-in-form button")).click();
    eventually().until(() -> browser.findElement(By.id("visitor")).getText().equals(visitor));
    eventually()
        .until(
            () ->
                !browser.findElements(By.cssSelector("[data-group='bags'] img")).isEmpty()
                    && !browser.findElements(By.cssSelector("tr.classes")).isEmpty());
  }

  private static void signOut() {
    browser.findElement(By.id("sign-out")).click();
    eventually().until(() -> browser.findElement(By.id("sign-in")).isDisplayed());
  }

  /** The page draws its lists anew with every record, so an element is looked up each time. */
  private static void awaitShown(By element, boolean shown) {
    eventually().until(() -> browser.findElement(element).isDisplayed() == shown);
  }

  private static void click(By element) {
    eventually()
        .until(
            () -> {
              browser.findElement(element).click();
              return true;
            });
  }

  /** For people to look at. */
  private static void picture(String name) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "console-pictures"));
    Files.write(pictures.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
  }

  private static Cli run(String... arguments) {
    Cli cli =
        Cli.run(
            Map.of(
                "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl()),
            arguments);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }
}
