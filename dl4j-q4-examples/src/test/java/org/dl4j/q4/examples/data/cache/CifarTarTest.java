package org.dl4j.q4.examples.data.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTarTest {
  @TempDir Path folder;
  private Path archive;
  private Path into;

  @BeforeEach
  void folders() throws IOException {
    archive = folder.resolve("a.tar.gz");
    into = Files.createDirectories(folder.resolve("outer/into"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void unpack(Map<String, byte[]> entries) throws IOException {
    unpack(Archives.tarGz(entries));
  }

  private void unpack(byte[] bytes) throws IOException {
    Files.write(archive, bytes);
    new CifarTar(archive, CifarFormat.CIFAR100_FINE).unpack(into);
  }

  private static Map<String, byte[]> cifar100() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("cifar-100-binary/", new byte[0]);
    entries.put("cifar-100-binary/test.bin", bytes("test"));
    entries.put("cifar-100-binary/train.bin", bytes("train"));
    return entries;
  }

  private Set<String> unpacked() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("outer"))) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.resolve("outer").relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void unpacksTheFormatsFilesAndNoOther() throws IOException {
    Map<String, byte[]> entries = cifar100();
    entries.put("cifar-100-binary/fine_label_names.txt", bytes("fine"));
    entries.put("cifar-100-binary/coarse_label_names.txt", bytes("coarse"));
    entries.put("cifar-100-binary/readme.html", bytes("read me"));
    entries.put("elsewhere/train.bin", bytes("another"));
    unpack(entries);
    assertEquals(
        Set.of(
            "into/coarse_label_names.txt",
            "into/fine_label_names.txt",
            "into/test.bin",
            "into/train.bin"),
        unpacked());
    assertEquals("train", Files.readString(into.resolve("train.bin")));
    assertEquals("test", Files.readString(into.resolve("test.bin")));
    assertEquals("fine", Files.readString(into.resolve("fine_label_names.txt")));
  }

  @Test
  void unpacksFilesAtTheTop() throws IOException {
    unpack(Map.of("train.bin", bytes("train"), "./test.bin", bytes("test")));
    assertEquals(Set.of("into/test.bin", "into/train.bin"), unpacked());
  }

  @Test
  void unpacksFilesOfManyBuffers() throws IOException {
    byte[] large = new byte[1 << 20];
    new Random(3).nextBytes(large);
    Map<String, byte[]> entries = cifar100();
    entries.put("cifar-100-binary/train.bin", large);
    unpack(entries);
    assertArrayEquals(large, Files.readAllBytes(into.resolve("train.bin")));
  }

  @Test
  void noEntryGetsOutOfTheFolder() throws IOException {
    Map<String, byte[]> entries = cifar100();
    entries.put("../train.bin", bytes("evil"));
    entries.put("cifar-100-binary/../../test.bin", bytes("evil"));
    entries.put("/train.bin", bytes("evil"));
    entries.put("cifar-100-binary/..\\fine_label_names.txt", bytes("evil"));
    unpack(entries);
    assertEquals(Set.of("into/test.bin", "into/train.bin"), unpacked());
    assertEquals("train", Files.readString(into.resolve("train.bin")));
    assertEquals("test", Files.readString(into.resolve("test.bin")));
  }

  /** Written through, a link would lead anywhere. */
  @Test
  void linksArePassedOver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      TarArchiveEntry link = new TarArchiveEntry("train.bin", TarConstants.LF_SYMLINK);
      link.setLinkName("../victim");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      for (String name : new String[] {"train.bin", "test.bin"}) {
        TarArchiveEntry file = new TarArchiveEntry(name);
        file.setSize(3);
        tar.putArchiveEntry(file);
        tar.write(bytes("new"));
        tar.closeArchiveEntry();
      }
    }
    unpack(bytes.toByteArray());
    assertEquals(Set.of("into/test.bin", "into/train.bin"), unpacked());
  }

  @Test
  void missingFilesAreNamed() {
    Map<String, byte[]> entries = cifar100();
    entries.remove("cifar-100-binary/test.bin");
    assertEquals(
        archive
            + ": expected the files of the cifar100 binary format, in cifar-100-binary/, found none"
            + " of the name test.bin",
        assertThrows(ImageDataException.class, () -> unpack(entries)).getMessage());
  }

  @Test
  void aFileThatIsThereTwiceIsRefused() {
    Map<String, byte[]> entries = cifar100();
    entries.put("train.bin", bytes("another"));
    assertEquals(
        archive + ": expected one file train.bin, found two",
        assertThrows(ImageDataException.class, () -> unpack(entries)).getMessage());
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    byte[] whole = Archives.tarGz(cifar100());
    for (byte[] damaged :
        new byte[][] {bytes("<html>no archive</html>"), {}, Arrays.copyOf(whole, 60)}) {
      String message = assertThrows(ImageDataException.class, () -> unpack(damaged)).getMessage();
      assertTrue(
          message.startsWith(archive + ": expected an undamaged .tar.gz archive, found: "),
          message);
    }
  }
}
