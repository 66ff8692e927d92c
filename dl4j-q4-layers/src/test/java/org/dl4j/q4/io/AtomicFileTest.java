package org.dl4j.q4.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("f");

    AtomicFile.write(file, part -> Files.writeString(part, "one"));
    AtomicFile.write(file, part -> Files.writeString(part, "two"));

    assertEquals("two", Files.readString(file));
    assertArrayEquals(new String[] {"f"}, folder.toFile().list());
  }

  @Test
  void makesTheFolder() throws IOException {
    Path file = folder.resolve("a").resolve("b").resolve("f");

    AtomicFile.write(file, part -> Files.writeString(part, "one"));

    assertEquals("one", Files.readString(file));
  }

  @Test
  void theOldContentsStayUntilTheNewAreComplete() throws IOException {
    Path file = folder.resolve("f");
    Files.writeString(file, "old");
    IOException full = new IOException("disk full");

    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    part -> {
                      Files.writeString(part, "half");
                      assertEquals("old", Files.readString(file));
                      throw full;
                    }));

    assertSame(full, thrown);
    assertEquals("old", Files.readString(file));
    assertArrayEquals(new String[] {"f"}, folder.toFile().list(), "no part is left");
  }

  @Test
  void aPartLeftByAKilledWriterIsReplaced() throws IOException {
    Files.writeString(folder.resolve("f.part"), "a much longer text than the next one");

    AtomicFile.write(folder.resolve("f"), part -> Files.writeString(part, "new"));

    assertEquals("new", Files.readString(folder.resolve("f")));
    assertFalse(Files.exists(folder.resolve("f.part")));
  }
}
