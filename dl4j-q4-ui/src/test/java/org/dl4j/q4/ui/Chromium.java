package org.dl4j.q4.ui;

import java.io.File;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.slf4j.LoggerFactory;

/** The machine's Chromium, without a window and without any network but this machine. */
final class Chromium {

  private static final AtomicBoolean SAID = new AtomicBoolean();

  /** It warns that it has no classes for the newest DevTools, which nothing here uses. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private Chromium() {}

  /**
   * Aborts the test without Chromium and its driver in the PATH, or, with {@code
   * -Dq4.browser=required}, fails it.
   */
  static ChromeDriver start() {
    Optional<File> program = find("chromium", "chromium-browser", "google-chrome", "chrome");
    Optional<File> driverProgram = find("chromedriver");
    if (program.isEmpty() || driverProgram.isEmpty()) {
      String message =
          "The page is tested in Chromium: chromium and chromedriver are not both in the PATH"
              + " (Debian and Ubuntu: apt-get install chromium chromium-driver)";
      if ("required".equals(System.getProperty("q4.browser"))) {
        Assertions.fail(message);
      }
      if (!SAID.getAndSet(true)) {
        LoggerFactory.getLogger(Chromium.class).warn("{}: skipped", message);
      }
      Assumptions.abort(message);
    }
    return start(program.orElseThrow(), driverProgram.orElseThrow());
  }

  private static Optional<File> find(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  private static ChromeDriver start(File program, File driverProgram) {
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-device-scale-factor=1",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox"); // Chromium's own rule
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driverProgram)
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }
}
