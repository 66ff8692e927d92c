#!/usr/bin/env bash
# Trains what standard input lists, a run a line: the name of its folder, then its options.
#
#   docs/results/train-each.sh IMAGES RUNS < LIST
#
# IMAGES is what --data-dir takes; RUNS gets a folder and a log for each run. May be stopped and
# started again. As many runs at a time as there are cores, each on one thread: results depend on
# the number of threads, and two processes of two threads on two cores would wait for each other.
# What a table is made of, metrics.csv and options.txt without --data-dir, is then kept by keep.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export jar="$here/../../dl4j-q4-examples/target/q4.jar" images=$1 runs=$2
mkdir -p "$runs"
cores=$(nproc) # before the next line, which nproc takes for its own answer
export OMP_NUM_THREADS=1
xargs -d '\n' -P "$cores" -I{} bash -c '
  read -r name options <<< "$1"
  java -jar "$jar" train --resume --data cifar10 --data-dir "$images" --out "$runs/$name" $options \
    >> "$runs/$name.log" 2>&1 || {
    echo "$name failed, see $runs/$name.log" >&2
    exit 1
  }' _ {}
