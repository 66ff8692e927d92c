package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's files over HTTP: all that it needs, and nothing else. */
class AssetsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.close();
  }

  @Test
  void pageAndItsFiles() throws IOException, InterruptedException {
    HttpResponse<String> page = server.get("/quantization");
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", header(page, "content-type"));
    assertTrue(header(page, "content-security-policy").startsWith("default-src 'self';"));

    Set<String> files = new TreeSet<>();
    collect(
        Pattern.compile("(?:href|src)=\"(/(?:assets|quantization/assets)/[^\"]+)\""), page, files);
    assertTrue(files.size() >= 6, files::toString);
    Set<String> modules = new TreeSet<>(Set.of("/quantization/assets/page.js"));
    for (boolean more = true; more; ) {
      Set<String> found = new TreeSet<>(modules);
      for (String module : modules) {
        collect(Pattern.compile("from '\\.(/[a-z]+\\.js)'"), server.get(module), found);
      }
      more = modules.addAll(found);
    }
    assertTrue(modules.size() >= 10, modules::toString);
    files.addAll(modules);
    for (String file : files) {
      HttpResponse<String> response = server.get(file);
      assertEquals(200, response.statusCode(), file);
      if (file.endsWith(".js") && modules.contains(file)) {
        assertEquals("text/javascript; charset=utf-8", header(response, "content-type"));
        assertEquals("nosniff", header(response, "x-content-type-options"));
      }
    }
    assertEquals(
        "text/css; charset=utf-8",
        header(server.get("/quantization/assets/quantization.css"), "content-type"));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static void collect(Pattern pattern, HttpResponse<String> response, Set<String> found) {
    Matcher matcher = pattern.matcher(response.body());
    while (matcher.find()) {
      String path = matcher.group(1);
      found.add(path.lastIndexOf('/') == 0 ? "/quantization/assets" + path : path);
    }
  }

  @Test
  void noOtherFiles() throws IOException, InterruptedException {
    for (String name :
        Arrays.asList(
            "quantization.html",
            "nothing.js",
            "..%2f..%2f..%2f..%2f..%2flogback-test.xml",
            "..%2fQuantizationModule.class",
            "%2e%2e%2fQuantizationModule.class",
            "..%5cQuantizationModule.class",
            "page.js%00",
            "PAGE.JS")) {
      HttpResponse<String> response = server.get("/quantization/assets/" + name);
      assertTrue(
          response.statusCode() == 404 || response.statusCode() == 400,
          name + ": " + response.statusCode());
      assertFalse(response.body().contains("import"), name);
    }
  }
}
