package io.nirvanastreams.app.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium of this machine, with its driver; nothing is downloaded. */
final class Browser {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  private Browser() {}

  /** Skips the test where there is no Chromium. */
  static void assumePresent() {
    boolean present = CHROMIUM.canExecute() && DRIVER.canExecute();
    if (!present) {
      System.out.println(
          "SKIPPED: the console's test in a browser needs " + CHROMIUM + " and " + DRIVER);
    }
    assumeTrue(present, "no " + CHROMIUM + " with " + DRIVER);
  }

  static ChromeDriver open(Path userData) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,900",
        "--user-data-dir=" + userData);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    return new ChromeDriver(service, options);
  }
}
