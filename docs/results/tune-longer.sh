#!/usr/bin/env bash
# What the fast recipe's learning rate and cutout were chosen by: as tune.sh, but as many epochs as
# the recipe has, since what keeps a network from learning its images by heart shows late.
#
#   docs/results/tune-longer.sh IMAGES RUNS
#
# By train-each.sh, which says what the arguments are.
set -euo pipefail

# All values are given, since they were tried before one of them became the default.
variants='lr-0.006 --lr 0.006 --cutout 0
lr-0.003-cutout-8 --lr 0.003 --cutout 8'

while read -r name options; do
  echo "$name-1 --recipe fast --validation 0.1 --width 0.5 --epochs 20 --seed 1 --weight-decay 0.05" \
    "--dropout 0.2 --label-smoothing 0.1 $options"
done <<< "$variants" | "$(dirname "$0")/train-each.sh" "$1" "$2"
