package org.dl4j.q4.ui;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;
import org.dl4j.q4.ui.sessions.AttachedStorages;

/**
 * The page "Quantization" of Deeplearning4j's training UI, at {@code /quantization}. Its server
 * finds this class by {@code ServiceLoader}: nobody has to name it. It shows what {@code
 * Q4StatsListener} stores by a {@code StorageRoute}; docs/ui.md describes page and JSON.
 *
 * <p><b>The link in DL4J's navigation.</b> The navigation stands in templates in DL4J's jar. What
 * they say, they take from texts by language, to which a module may add its own. Ours give the last
 * entry, "System", a text which ends that entry and begins another. A later text replaces an
 * earlier one, and modules come in the order of the services' files; so our file names DL4J's own
 * module before this one. Java's {@code ServiceLoader} makes it once all the same.
 */
public final class QuantizationModule implements UIModule {

  private static final String PATH = "/quantization";

  private final AttachedStorages storages = new AttachedStorages();

  /** For the server. */
  public QuantizationModule() {}

  @Override
  public List<String> getCallbackTypeIDs() {
    return List.of(); // the page asks; nothing is kept here that would have to be told
  }

  @Override
  public List<Route> getRoutes() {
    DataRoutes data = new DataRoutes(storages, new ServerMode());
    return List.of(
        new Route(PATH, HttpMethod.GET, Assets::page),
        new Route(PATH + "/assets/:name", HttpMethod.GET, Assets::asset),
        new Route(PATH + "/data/sessions", HttpMethod.GET, new JsonHandler(data::sessions)),
        new Route(PATH + "/data/reports", HttpMethod.GET, new JsonHandler(data::reports)),
        new Route(PATH + "/data/histograms", HttpMethod.GET, new JsonHandler(data::histograms)),
        new Route(PATH + "/data/scores", HttpMethod.GET, new JsonHandler(data::scores)));
  }

  @Override
  public void reportStorageEvents(Collection<StatsStorageEvent> events) {}

  @Override
  public void onAttach(StatsStorage storage) {
    storages.attach(storage);
  }

  @Override
  public void onDetach(StatsStorage storage) {
    storages.detach(storage);
  }

  @Override
  public List<I18NResource> getInternationalizationResources() {
    return Stream.of("en", "de", "ja", "ko", "ru", "zh")
        .map(language -> new I18NResource("org/dl4j/q4/ui/i18n/navigation." + language))
        .collect(Collectors.toList());
  }
}
