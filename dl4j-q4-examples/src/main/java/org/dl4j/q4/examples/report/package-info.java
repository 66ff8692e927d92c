/**
 * The {@code report} command: from the folders that {@code train} leaves to a page of them, and to
 * the tables and pictures of published results.
 *
 * <p>{@code Run} reads a folder: {@code Metrics} its figures, {@code Configuration} its options.
 * {@code RunGroups} puts runs that differ in their seed alone into one {@code RunGroup}, and
 * refuses what would be compared with something else than it seems: a seed twice, runs of unequal
 * length, partners that saw other images. {@code ResultsTable} and {@code CurvesChart} show the
 * groups; statistics are in {@code Summary} and {@code PairedDifference}. {@code LevelsTable} looks
 * into saved networks instead, layer by layer ({@code LayerLevels}).
 *
 * <p>{@code RunReport} puts the page together: {@code RunFolders} finds the runs, {@code
 * PageGroups} groups them and shows what {@code RunGroups} refuses run by run, and the classes
 * {@code …Section} here and in {@code network} and {@code stats} are its parts. {@code page} and
 * {@code chart} know nothing of runs.
 *
 * <p>It only reads what the {@code train} package writes, and shares with it the options file and
 * the quantizer.
 */
package org.dl4j.q4.examples.report;
