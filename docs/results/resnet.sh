#!/usr/bin/env bash
# SimpleResNet4bit with the fast recipe, 20 epochs: 4 bits and the full-precision twin.
#
#   docs/results/resnet.sh IMAGES RUNS
#
# By train-each.sh, which says what the arguments are.
set -euo pipefail
for precision in q4 fp32; do
  echo "$precision-1 --model resnet --recipe fast --precision $precision --seed 1"
done | "$(dirname "$0")/train-each.sh" "$1" "$2"
