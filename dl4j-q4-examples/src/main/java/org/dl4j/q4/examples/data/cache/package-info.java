/**
 * The CIFAR data sets in DL4J's cache folder, and the ways into it.
 *
 * <p>{@link org.dl4j.q4.examples.data.cache.CifarCache} finds what is there, and downloads and
 * unpacks the published archives. A download goes to a {@code .part} file ({@code Downloader},
 * {@code HttpTransfer}), is checked ({@code PublishedArchive}) and moved; an archive is unpacked
 * ({@code CifarTar}) into a temporary folder and moved. So a name in the cache always stands for
 * something whole. {@link org.dl4j.q4.examples.data.cache.Cifar10ForDl4j} writes the class folders
 * that DL4J's own {@code Cifar10DataSetIterator} reads. One process at a time changes a data set
 * ({@code CacheLock}).
 *
 * <p>Nothing is downloaded unless {@link org.dl4j.q4.examples.data.cache.CifarCache#download} is
 * called. The package knows the images' files ({@code data}), DL4J's name for its cache folder and
 * the network; no command line.
 */
package org.dl4j.q4.examples.data.cache;
