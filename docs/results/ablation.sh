#!/usr/bin/env bash
# The ablation: one thing changed at a time, three seeds each, on a budget: half the width, a fifth
# of the training images, six epochs. Then 4-bit post-training quantization of the fp32 runs.
#
#   docs/results/ablation.sh IMAGES RUNS [falling]
#
# With "falling", the rate warms up and falls to zero over the six epochs, where the paper's stays
# almost constant for as long; all else is the paper's. Accuracy then does not swing at the end.
# By train-each.sh, which says what the arguments are.
set -euo pipefail
jar=$(cd "$(dirname "$0")/../.." && pwd)/dl4j-q4-examples/target/q4.jar
images=$1
runs=$2
schedule=
[ "${3:-}" != falling ] || schedule="--recipe fast --lr 0.001 --dropout 0.5 --label-smoothing 0"

# Name of the variant, then its options.
variants='paper
fp32 --precision fp32
no-soft-clip --alpha 0
alpha-0.25 --alpha 0.25
alpha-0.5 --alpha 0.5
alpha-1 --alpha 1
no-gradient-clip --grad-clip 0
no-decay --weight-decay 0
per-channel --granularity channel
fixed-scale --scale fixed
2-bits --bits 2
3-bits --bits 3
8-bits --bits 8
bf16-kernels --kernels bf16'

for seed in 1 2 3; do
  while read -r name options; do
    case $options in
      *--weight-decay*) ;;
      *) options+=" --weight-decay 0.0005" ;; # the fast recipe has another default
    esac
    echo "$name-$seed --width 0.5 --train-limit 10000 --epochs 6 --seed $seed $schedule $options"
  done <<< "$variants"
done | "$(dirname "$0")/train-each.sh" "$images" "$runs"

export OMP_NUM_THREADS=1
for bits in 2 3 4 8; do
  for granularity in "" --per-channel; do
    for seed in 1 2 3; do
      java -jar "$jar" evaluate "$runs/fp32-$seed/last.zip" --data cifar10 --data-dir "$images" \
        --quantize "$bits" $granularity 2> "$runs/evaluate.log" \
        | awk -v what="$bits bits${granularity:+ per channel}" -v seed="$seed" \
          '/^accuracy/ { print what "," seed "," $2 }' || {
        cat "$runs/evaluate.log" >&2
        exit 1
      }
    done
  done
done > "$runs/post-training.part"
mv "$runs/post-training.part" "$runs/post-training.csv"
