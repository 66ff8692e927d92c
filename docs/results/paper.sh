#!/usr/bin/env bash
# The paper's recipe, first six epochs: 4 bits and the full-precision twin, three seeds.
#
#   docs/results/paper.sh IMAGES RUNS
#
# IMAGES is what --data-dir takes; RUNS gets a folder for each run. May be stopped and started again.
set -euo pipefail
jar=$(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar
images=$1
runs=$2
mkdir -p "$runs"
for seed in 1 2 3; do
  for precision in q4 fp32; do
    java -jar "$jar" train --resume --data cifar10 --data-dir "$images" --epochs 6 --precision "$precision" \
      --seed "$seed" --out "$runs/$precision-$seed"
  done
done
