#!/usr/bin/env bash
# The fast recipe, 20 epochs: 4 bits and the full-precision twin.
#
#   docs/results/fast.sh IMAGES RUNS [SEED...]
#
# By train-each.sh, which says what the arguments are; seed 1 if none is given.
set -euo pipefail
images=$1
runs=$2
shift 2
for seed in "${@:-1}"; do
  for precision in q4 fp32; do
    echo "$precision-$seed --recipe fast --precision $precision --seed $seed"
  done
done | "$(dirname "$0")/train-each.sh" "$images" "$runs"
