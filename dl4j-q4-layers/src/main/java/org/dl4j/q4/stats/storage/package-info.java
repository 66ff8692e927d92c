/**
 * Reports into Deeplearning4j's {@code StatsStorage}: in memory, in a file, or on a remote machine.
 *
 * <p>{@link org.dl4j.q4.stats.storage.StorageRoute} wraps each report into a {@link
 * org.dl4j.q4.stats.storage.PersistableReport} of a type ID of its own. A storage holds records by
 * session, type and worker, so they lie beside those of the stock {@code StatsListener}, in the
 * same session if the user gives it, and neither sees the other's.
 *
 * <p>The only package that needs the jar deeplearning4j-core, where {@code StatsStorageRouter} is.
 * Whoever has a storage has it; the dependency is optional.
 */
package org.dl4j.q4.stats.storage;
