package org.dl4j.q4.examples.profile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Charges every moment between {@link #begin} and {@link #end} of a step to one section: the
 * innermost that is open. A section's time is thus its own, without that of sections inside, and
 * all of them together are the time of the step. Outside a step nothing is charged. For one thread.
 */
final class StepClock {

  private static final class Open {

    Section section;
    long nanos;

    Open(Section section) {
      this.section = section;
    }
  }

  private final LongSupplier nanoTime;
  private final Map<Section, Long> charged = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private long steps;
  private long mark;

  StepClock() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime tells the time, for tests
   */
  StepClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A step begins, with its forward pass. */
  void begin() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("a step is under way, in " + open.peek().section);
    }
    mark = nanoTime.getAsLong();
    open.push(new Open(Section.ofNetwork(Work.REST, Phase.FORWARD)));
  }

  /**
   * From here on, what no section claims is charged to another one.
   *
   * @param section the other one, to be set with no section open
   */
  void background(Section section) {
    if (!open.isEmpty()) {
      close();
      open.push(new Open(section));
    }
  }

  /** The step is over. */
  void end() {
    close();
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open at the end of a step: " + open.peek().section);
    }
    steps++;
  }

  /** Opens a section inside the one that is open. */
  void enter(Section section) {
    if (!open.isEmpty()) {
      charge();
      open.push(new Open(section));
    }
  }

  /** Opens a section of the layer and phase that is open. */
  void enter(Work work) {
    if (!open.isEmpty()) {
      Section around = open.peek().section;
      enter(new Section(work, around.layer, around.phase));
    }
  }

  /**
   * As {@link #enter}; what the layer does itself is then no more than code around its kernel, save
   * for an output layer, whose loss is its own.
   */
  void enterKernel(Work work) {
    if (!open.isEmpty()) {
      enter(work);
      Open kernel = open.pop();
      Open layer = open.peek();
      if (layer.section.work != Work.OUTPUT) {
        layer.section = new Section(Work.LAYER_CODE, layer.section.layer, layer.section.phase);
      }
      open.push(kernel);
    }
  }

  /** Closes the section that was opened last. */
  void exit() {
    if (open.size() > 1) {
      close();
    }
  }

  private void close() {
    charge();
    Open closed = open.pop();
    charged.merge(closed.section, closed.nanos, Long::sum);
  }

  private void charge() {
    long now = nanoTime.getAsLong();
    open.element().nanos += now - mark;
    mark = now;
  }

  /** Forgets the steps so far. */
  void reset() {
    charged.clear();
    steps = 0;
  }

  /**
   * @return steps that are over
   */
  long steps() {
    return steps;
  }

  /**
   * @return nanoseconds of all steps together, by section
   */
  Map<Section, Long> charged() {
    return Map.copyOf(charged);
  }

  /**
   * An object whose calls are sections.
   *
   * @param type the interface by which it is called
   * @param target what does the work
   * @param sections the section of each method, by name; other methods are not sections
   * @return the target, timed
   */
  <T> T timed(Class<T> type, T target, Map<String, Section> sections) {
    return proxy(
        type,
        target,
        name -> {
          Section section = sections.get(name);
          if (section != null) {
            enter(section);
          }
          return section != null;
        });
  }

  /**
   * A part of a layer, each of whose calls is a section of the layer and phase that is open.
   *
   * @param type the interface by which it is called
   * @param part what does the work
   * @param work the work that it does
   * @return the part, timed
   */
  <T> T timedPart(Class<T> type, T part, Work work) {
    return proxy(
        type,
        part,
        name -> {
          enter(work);
          return true;
        });
  }

  /**
   * A layer's kernel.
   *
   * @param type its interface
   * @param kernel what does the work
   * @param work the work that it does
   * @return the kernel, timed
   */
  <T> T timedKernel(Class<T> type, T kernel, Work work) {
    return proxy(
        type,
        kernel,
        name -> {
          enterKernel(work);
          return true;
        });
  }

  /** Opens a section for a call, or not. */
  private interface Entry {

    boolean open(String method);
  }

  private <T> T proxy(Class<T> type, T target, Entry entry) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean entered = entry.open(method.getName());
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (entered) {
                  exit();
                }
              }
            });
    return type.cast(proxy);
  }
}
