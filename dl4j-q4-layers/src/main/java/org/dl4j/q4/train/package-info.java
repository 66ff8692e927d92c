/**
 * What a 4-bit training run needs beside the layers: the soft clip, global-norm gradient clipping,
 * schedules, AdamW with its decoupled decay, and the paper's recipe that sets them all.
 *
 * <p>Everything here plugs into Deeplearning4j's own extension points (updater, regularization,
 * schedule, listener), works for any network, and knows nothing of quantization.
 */
package org.dl4j.q4.train;
