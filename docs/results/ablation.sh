#!/usr/bin/env bash
# The ablation: one thing changed at a time, three seeds each, on a budget: half the width, a fifth
# of the training images, six epochs.
#
#   docs/results/ablation.sh IMAGES RUNS
#
# IMAGES is what --data-dir takes; RUNS gets a folder for each run. May be stopped and started again.
set -euo pipefail
q4="java -jar $(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar"
images=$1
runs=$2
mkdir -p "$runs"

train() {
  local name=$1
  shift
  for seed in 1 2 3; do
    $q4 train --resume --data cifar10 --data-dir "$images" --width 0.5 --train-limit 10000 \
      --epochs 6 --seed "$seed" --out "$runs/$name-$seed" "$@"
  done
}

train paper
train fp32 --precision fp32
train no-soft-clip --alpha 0
train alpha-0.25 --alpha 0.25
train alpha-0.5 --alpha 0.5
train alpha-1 --alpha 1
train no-gradient-clip --grad-clip 0
train no-decay --weight-decay 0
train per-channel --granularity channel
train fixed-scale --scale fixed
train 2-bits --bits 2
train 3-bits --bits 3
train 8-bits --bits 8
train bf16-kernels --kernels bf16
