#!/usr/bin/env bash
# What the fast recipe's defaults were chosen by: a tenth of the training images held out, the test
# images never seen; half the width, ten epochs, 4 bits, one thing changed at a time.
#
#   docs/results/tune.sh IMAGES RUNS
#
# IMAGES is what --data-dir takes; RUNS gets a folder for each run. May be stopped and started again.
# As many runs at a time as there are cores, each on one thread.
set -euo pipefail
q4="java -jar $(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar"
images=$1
runs=$2
mkdir -p "$runs"
export OMP_NUM_THREADS=1

# All values are given, since they were tried before one of them became the default.
variants='start --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1
lr-0.006 --lr 0.006 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1
decay-0.0005 --lr 0.003 --weight-decay 0.0005 --dropout 0.2 --label-smoothing 0.1
decay-0.2 --lr 0.003 --weight-decay 0.2 --dropout 0.2 --label-smoothing 0.1
per-channel --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1 --granularity channel
no-smoothing --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0
dropout-0 --lr 0.003 --weight-decay 0.05 --dropout 0 --label-smoothing 0.1
batch-64 --lr 0.003 --weight-decay 0.05 --dropout 0.2 --label-smoothing 0.1 --batch 64'

while read -r name options; do
  echo "$q4 train --resume --data cifar10 --data-dir $images --recipe fast --validation 0.1" \
    "--width 0.5 --epochs 10 --seed 1 --out $runs/$name-1 $options > $runs/$name-1.log 2>&1"
done <<< "$variants" | xargs -d '\n' -P "$(nproc)" -I{} bash -c '{}'
