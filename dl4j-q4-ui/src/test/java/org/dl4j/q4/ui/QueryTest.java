package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class QueryTest {

  private static Query query(String name, String value) {
    return new Query(Map.of(name, value)::get);
  }

  private static void assertRefused(String message, Executable executable) {
    RequestException found = assertThrows(RequestException.class, executable);
    assertEquals(400, found.status());
    assertEquals(message, found.getMessage());
  }

  @Test
  void readsAndFillsIn() {
    assertEquals("x", query("session", "x").required("session"));
    assertTrue(query("session", "x").text("worker").isEmpty());
    assertEquals(-5, query("after", "-5").after());
    assertEquals(Long.MIN_VALUE, query("session", "x").after());
    assertEquals(2, query("points", "2").points());
    assertEquals(5000, query("points", "5000").points());
    assertEquals(500, query("session", "x").points());
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("Expected the parameter layer", () -> query("a", "b").required("layer"));
    for (String points : new String[] {"1", "5001", "", "ten", "99999999999999999999"}) {
      assertRefused(
          "Parameter points: expected an integer from 2 to 5000, found \"" + points + "\"",
          () -> query("points", points).points());
    }
    assertThrows(RequestException.class, () -> query("after", "1.5").after());
  }
}
