#!/usr/bin/env bash
# Makes the tables and pictures of docs/results.md and docs/ablation.md again, from the runs kept in
# docs/results/runs.
#
#   docs/results/report.sh [PAPER_LOG]
#
# Each table stands between the lines <!-- NAME --> and <!-- /NAME -->, and is replaced there.
# PAPER_LOG, the paper's own log of CIFAR-10 in the columns of metrics.csv, is laid over the curves.
set -euo pipefail
paper=()
[ -z "${1:-}" ] || paper=(--paper "$(realpath "$1")")
cd "$(dirname "$0")/.."
. results/replace.sh
shopt -s nullglob # what has not been run is left out
report() {
  java -jar ../dl4j-q4-examples/target/q4.jar report "$@"
}

# named FOLDER...: each as NAME=FOLDER, where the folder is NAME-SEED.
named() {
  for folder in "$@"; do
    local name=${folder%-*}
    echo "${name##*/}=$folder"
  done
}

# levels FOLDER...: in how many epochs every layer uses all levels, and the fewest.
levels() {
  echo "| run | epochs | with all levels in all layers | fewest levels of a layer: epochs | mean |"
  echo "| --- | ---: | ---: | --- | ---: |"
  for folder in "$@"; do
    local bits
    bits=$(sed -n 's/^--bits=//p' "$folder/options.txt")
    awk -F, -v run="${folder#results/runs/}" -v all=$(((1 << bits) - 1)) '
      NR > 1 && $7 != "" {
        epochs++
        fewest[$7]++
        sum += $9
      }
      END {
        if (!epochs) exit
        for (n = 1; n <= all; n++)
          if (fewest[n]) text = text (text ? ", " : "") n ": " fewest[n]
        printf "| %s | %d | %d | %s | %.2f |\n", run, epochs, fewest[all], text, sum / epochs
      }' "$folder/metrics.csv"
  done
}

ablation=$(
  for name in paper fp32 no-soft-clip alpha-0.25 alpha-0.5 alpha-1 no-gradient-clip no-decay \
    per-channel fixed-scale 2-bits 3-bits 8-bits bf16-kernels; do
    echo results/runs/ablation/$name-{1,2,3}
  done
)

report table results/runs/paper/* --epochs 4-6 --baseline precision=fp32 \
  | replace results.md paper
report curves results/runs/paper/* "${paper[@]}" --out results/paper.svg
report table $(named results/runs/tune/*) --epochs 8-10 | replace results.md tune
report table $(named results/runs/tune-longer/*) --epochs 18-20 | replace results.md tune-longer
report table $(named results/runs/fast-first/*) --epochs 18-20 --baseline fp32 \
  | replace results.md fast-first
twin=(results/runs/fast/fp32-*)
report table $(named results/runs/fast/*) --epochs 18-20 ${twin[0]:+--baseline fp32} \
  | replace results.md fast
report curves $(named results/runs/fast/*) "${paper[@]}" --out results/fast.svg
if [ -d results/runs/resnet ]; then
  report table $(named results/runs/resnet/*) --epochs 18-20 --baseline fp32 \
    | replace results.md resnet
fi
levels results/runs/{paper,fast-first,fast,resnet}/q4-* | replace results.md levels
report table $(named $ablation) --epochs 4-6 --baseline paper | replace ablation.md ablation
report table $(named $ablation) --epochs 4-6 --baseline paper --column train_loss \
  | replace ablation.md ablation-loss
awk -F, '
  NF != 3 { print "post-training.csv, line " NR ": expected three values" > "/dev/stderr"; failed = 1; exit }
  !($1 in n) { order[++names] = $1 }
  { n[$1]++; sum[$1] += $3; squares[$1] += $3 * $3 }
  END {
    if (failed) exit 1
    print "| weights | seeds | accuracy |"
    print "| --- | ---: | ---: |"
    for (i = 1; i <= names; i++) {
      k = order[i]
      mean = sum[k] / n[k]
      variance = (squares[k] - n[k] * mean * mean) / (n[k] - 1)
      deviation = variance > 0 ? sqrt(variance) : 0
      printf "| %s | %d | %.2f ± %.2f |\n", k, n[k], mean, deviation
    }
  }' results/runs/ablation/post-training.csv | replace ablation.md post-training
