/**
 * Stored reports as JSON, column by column. Pure functions; docs/ui.md shows what they make.
 *
 * <p>A figure that is not known is null, and so is one that is infinite: JSON has no word for
 * either. Depends on {@code org.dl4j.q4.stats} and {@code sessions}.
 */
package org.dl4j.q4.ui.json;
