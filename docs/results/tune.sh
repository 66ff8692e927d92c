#!/usr/bin/env bash
# What the fast recipe's defaults were chosen by: a tenth of the training images held out, the test
# images never seen; half the width, ten epochs, 4 bits, one thing changed at a time.
#
#   docs/results/tune.sh IMAGES RUNS
#
# By train-each.sh, which says what the arguments are.
set -euo pipefail

# All values are given, since they were tried before one of them became the default.
variants='start --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1
no-soft-clip --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1 --alpha 0
decay-0.0005 --lr 0.003 --weight-decay 0.0005 --dropout 0.2 --label-smoothing 0.1
no-smoothing --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0
dropout-0 --lr 0.003 --weight-decay 0.05 --dropout 0 --label-smoothing 0.1
lr-0.006 --lr 0.006 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1'

while read -r name options; do
  echo "$name-1 --recipe fast --validation 0.1 --width 0.5 --epochs 10 --seed 1 $options"
done <<< "$variants" | "$(dirname "$0")/train-each.sh" "$1" "$2"
