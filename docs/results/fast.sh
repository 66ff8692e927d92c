#!/usr/bin/env bash
# The fast recipe, 20 epochs: 4 bits and the full-precision twin.
#
#   docs/results/fast.sh IMAGES RUNS [SEED...]
#
# IMAGES is what --data-dir takes; RUNS gets a folder for each run; seed 1 if none is given. May be
# stopped and started again. Both precisions at a time, each on one thread.
set -euo pipefail
q4="java -jar $(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar"
images=$1
runs=$2
shift 2
mkdir -p "$runs"
export OMP_NUM_THREADS=1
for seed in "${@:-1}"; do
  for precision in q4 fp32; do
    $q4 train --resume --data cifar10 --data-dir "$images" --recipe fast --precision "$precision" \
      --seed "$seed" --out "$runs/$precision-$seed" > "$runs/$precision-$seed.log" 2>&1 &
  done
  wait
done
