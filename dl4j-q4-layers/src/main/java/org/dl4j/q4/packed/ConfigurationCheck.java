package org.dl4j.q4.packed;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonFactoryBuilder;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonStreamContext;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * Looks through a configuration's JSON, token by token, before Deeplearning4j makes objects of it.
 *
 * <p>Deeplearning4j's JSON says by the name of a class what an object is. Its parser loads and
 * initializes the class of any name, whatever it is, before it sees that it is no layer. So names
 * are compared with those that are trusted first. A name stands where the parser looks for one: as
 * the value of {@code "@class"}, of {@code "type"} (of a distribution), or, which it also takes, as
 * the first element of an array. Only a graph's lists of its vertices' names are such arrays
 * without a class.
 */
final class ConfigurationCheck {

  /** Nothing but what these say is loaded; what is in them does no more than a network does. */
  private static final Set<String> PACKAGES =
      Set.of("org.deeplearning4j.", "org.nd4j.", "org.dl4j.q4.");

  /** No parameters of a generic type, whose classes are looked up as well. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.$]+");

  /** Properties of a graph that are lists of its vertices' names. */
  private static final Set<String> NAME_LISTS = Set.of("networkInputs", "networkOutputs");

  /** The property that is an object of such lists. */
  private static final String INPUT_LISTS = "vertexInputs";

  /** Keeps no names between files. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private final Set<String> trusted;

  /**
   * @param trusted names of classes besides those of the packages
   */
  ConfigurationCheck(Set<String> trusted) {
    this.trusted = trusted;
  }

  /**
   * @param json a configuration
   * @throws IllegalArgumentException if it is no JSON, larger than a network's, or names another
   *     class
   */
  void require(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      int depth = 0;
      int tokens = 0;
      int objects = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        requireAtMost(PackedFormat.MAX_DEPTH, depth, "nested deeper than %d");
        requireAtMost(PackedFormat.MAX_TOKENS, ++tokens, "of more than %d names and values");
        objects += token == JsonToken.START_OBJECT ? 1 : 0;
        requireAtMost(PackedFormat.MAX_OBJECTS, objects, "of more than %d objects");
        if (token.isNumeric()) {
          requireAtMost(
              PackedFormat.MAX_DIGITS, parser.getTextLength(), "with a number of over %d digits");
        }
        if (token == JsonToken.VALUE_STRING && mayNameClass(parser.getParsingContext())) {
          requireTrusted(parser.getText());
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the configuration is no JSON: " + printable(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalStateException("in memory", e);
    }
  }

  private static void requireAtMost(int most, int found, String what) {
    if (found > most) {
      throw new IllegalArgumentException("a configuration " + String.format(what, most));
    }
  }

  private static boolean mayNameClass(JsonStreamContext at) {
    if (at.inArray()) {
      return at.getCurrentIndex() == 0 && !isListOfVertices(at.getParent());
    }
    return at.inObject()
        && ("@class".equals(at.getCurrentName()) || "type".equals(at.getCurrentName()));
  }

  private static boolean isListOfVertices(JsonStreamContext parent) {
    if (!parent.inObject()) {
      return false;
    }
    JsonStreamContext above = parent.getParent();
    if (above.inRoot()) {
      return NAME_LISTS.contains(parent.getCurrentName());
    }
    return above.inObject()
        && above.getParent().inRoot()
        && INPUT_LISTS.equals(above.getCurrentName());
  }

  /** A word without a dot is a constant's, or of no package. */
  private void requireTrusted(String name) {
    if (name.indexOf('.') < 0 || trusted.contains(name)) {
      return;
    }
    if (!PLAIN_NAME.matcher(name).matches() || PACKAGES.stream().noneMatch(name::startsWith)) {
      throw new IllegalArgumentException(
          String.format(
              "the configuration names the class \"%s\", which is neither Deeplearning4j's, ND4J's"
                  + " or this library's nor one that was handed to PackedModel.read",
              printable(name)));
    }
  }

  private static String printable(String name) {
    String line = name.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
