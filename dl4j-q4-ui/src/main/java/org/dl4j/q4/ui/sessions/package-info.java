/**
 * What attached storages hold: sessions, their workers, and records of one kind, a bounded number
 * at a time.
 *
 * <p>{@link org.dl4j.q4.ui.sessions.AttachedStorages} finds the storage of a session; {@link
 * org.dl4j.q4.ui.sessions.Records} reads from it, by the times that {@code IndexedStorage} keeps.
 * Depends on DL4J's storages alone.
 */
package org.dl4j.q4.ui.sessions;
