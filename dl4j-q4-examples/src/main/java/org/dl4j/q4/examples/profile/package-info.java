/**
 * The {@code profile} command: where the time of a training step goes, measured and not sampled.
 *
 * <p>{@code ProfileRun} makes a network twice, one plain and one measured, and lets them train in
 * turns on the same random images. The measured one is watched at every seam that DL4J and the
 * layers offer ({@code Instruments}): its layers are wrapped, its kernels come from {@code
 * TimedKernels}, its updater, decay, dropout, preprocessors and clipping are called through {@code
 * StepClock#timed}, and a listener marks the phases of the step. All of them enter and leave
 * sections of one {@code StepClock}, which charges every moment of the step to the innermost
 * section open, so that the parts add up to the whole by construction. {@code Profile} turns what
 * it holds into the two tables.
 *
 * <p>Nothing here outlives the networks: what is watched belongs to one of them.
 */
package org.dl4j.q4.examples.profile;
