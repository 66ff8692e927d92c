#!/usr/bin/env bash
# SimpleResNet4bit with the fast recipe as it was at first, 20 epochs: 4 bits and the full-precision
# twin, so that what was measured can be run again.
#
#   docs/results/resnet.sh IMAGES RUNS
#
# By train-each.sh, which says what the arguments are.
set -euo pipefail
for precision in q4 fp32; do
  echo "$precision-1 --model resnet --recipe fast --lr 0.006 --cutout 0 --precision $precision --seed 1"
done | "$(dirname "$0")/train-each.sh" "$1" "$2"
