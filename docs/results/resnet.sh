#!/usr/bin/env bash
# SimpleResNet4bit with the fast recipe, 20 epochs: 4 bits and the full-precision twin.
#
#   docs/results/resnet.sh IMAGES RUNS
#
# IMAGES is what --data-dir takes; RUNS gets a folder for each run. May be stopped and started again.
# Both precisions at a time, each on one thread.
set -euo pipefail
q4="java -jar $(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar"
images=$1
runs=$2
mkdir -p "$runs"
export OMP_NUM_THREADS=1
for precision in q4 fp32; do
  $q4 train --resume --data cifar10 --data-dir "$images" --model resnet --recipe fast \
    --precision "$precision" --seed 1 --out "$runs/$precision-1" > "$runs/$precision-1.log" 2>&1 &
done
wait
