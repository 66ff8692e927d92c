/**
 * Images: their file formats, a synthetic set, and the iterators that feed a network.
 *
 * <p>An image passes through four forms:
 *
 * <ol>
 *   <li>A file: binary CIFAR records ({@link org.dl4j.q4.examples.data.CifarFormat}), or a JPEG or
 *       PNG file in the folder of its class. {@link org.dl4j.q4.examples.data.SyntheticImages}
 *       writes the former, so the default example and the published data go one way.
 *   <li>A DataVec record, [UINT8 image of shape [3, height, width] in RGB, label], given by {@link
 *       org.dl4j.q4.examples.data.CifarRecordReader} or {@link
 *       org.dl4j.q4.examples.data.ImageFolderRecordReader}. Both serve any DataVec pipeline.
 *   <li>A member of an {@link org.dl4j.q4.examples.data.ImageSet}: bytes in memory, decoded once
 *       for the whole run. {@link org.dl4j.q4.examples.data.ImageData} holds a training and a test
 *       set, and knows the layouts that a user's folder may have. Limits and splits are made here,
 *       and every class keeps its share in them.
 *   <li>A row of a batch, FLOAT and NCHW, from {@link org.dl4j.q4.examples.data.ImageSetIterator}:
 *       cropped, flipped, normalised, with a square cut out if asked for, anew in each epoch.
 * </ol>
 *
 * <p>Two rules hold throughout. Pixels stay bytes until the last form: 50,000 images are 154 MB so,
 * and four times that in floats. And randomness is a function of a seed and a place (an epoch, a
 * class), never of what ran before: a resumed run sees the batches that an uninterrupted one would
 * have seen.
 *
 * <p>A file or folder that is not what it should be is an {@link
 * org.dl4j.q4.examples.data.ImageDataException} whose message says which one, what was expected and
 * what was found. A nonsensical argument is an {@link java.lang.IllegalArgumentException}.
 *
 * <p>Archives, downloads and DL4J's cache folder are the business of the package {@code cache},
 * which builds on this one.
 *
 * <p>The package knows DataVec's and ND4J's interfaces and the JDK's image decoders; no layer, no
 * network and no command line.
 */
package org.dl4j.q4.examples.data;
