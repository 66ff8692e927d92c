#!/usr/bin/env bash
# Keeps what the tables are made of with the project: of each run in a folder, metrics.csv and
# options.txt, without the place of the images on this machine.
#
#   docs/results/keep.sh RUNS NAME
#
# They go to docs/results/runs/NAME.
set -euo pipefail
kept=$(cd "$(dirname "$0")" && pwd)/runs/$2
cd "$1"
for metrics in */metrics.csv; do
  run=${metrics%/*}
  mkdir -p "$kept/$run"
  cp "$metrics" "$kept/$run/"
  grep -v -e '^--data-dir=' "$run/options.txt" > "$kept/$run/options.txt"
done
if [ -e post-training.csv ]; then
  cp post-training.csv "$kept/"
fi
