package org.dl4j.q4.examples.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.examples.model.NetworkFileException;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.onnx.OnnxExport;
import org.dl4j.q4.onnx.UnsupportedInOnnxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 export-onnx}. */
@Command(
    name = "export-onnx",
    description =
        "Write a saved network as an ONNX file, 4-bit weights as INT4, for ONNX Runtime and others.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExportOnnxCommand implements Callable<Integer> {

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A network saved by DL4J's ModelSerializer.")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Gets the ONNX model; replaced if it is there.")
  private Path out;

  @Option(
      names = "--image-size",
      paramLabel = "HxW",
      description =
          "Height and width of the images, such as 32x32, for tools that want them in the file. Any"
              + " size by default.")
  private String imageSize;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    OnnxExport export = export();
    Model network = SavedNetwork.open(in).network(false);
    try {
      export.write(network, out);
    } catch (UnsupportedInOnnxException e) {
      throw new NetworkFileException(in + ": " + e.getMessage(), e);
    }
    PrintWriter text = spec.commandLine().getOut();
    text.printf(Locale.ROOT, "%,d bytes written to %s%n", Files.size(out), out);
    text.flush();
    return 0;
  }

  private OnnxExport export() {
    if (imageSize == null) {
      return OnnxExport.standard();
    }
    Matcher size = SIZE.matcher(imageSize);
    if (!size.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--image-size must be height and width in pixels, such as 32x32; got " + imageSize);
    }
    return OnnxExport.builder()
        .imageSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
        .build();
  }
}
