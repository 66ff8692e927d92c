/**
 * A page of HTML that needs no other file: {@code Section}s of texts, tables and pictures in, one
 * file out, its pictures inside. The pictures are written beside it as PNG files, too.
 *
 * <p>It knows nothing of runs and networks; it knows {@code chart}, {@code io} and j2html, which
 * escapes all text.
 */
package org.dl4j.q4.examples.report.page;
