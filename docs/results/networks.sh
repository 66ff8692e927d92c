#!/usr/bin/env bash
# Makes the tables of docs/results.md and docs/ablation.md that look into networks, which are too
# large to be kept with the project.
#
#   docs/results/networks.sh RUNS
#
# RUNS has the folders that paper.sh, fast.sh, resnet.sh and ablation.sh were given: paper, fast,
# resnet and ablation.
set -euo pipefail
runs=$(realpath "$1")
cd "$(dirname "$0")/.."
. results/replace.sh
shopt -s nullglob # what has not been run is left out
jar=$(realpath ../dl4j-q4-examples/target/q4.jar)

(cd "$runs" && java -jar "$jar" report levels {paper,fast}/q4-*/last.zip) \
  | sed -n '/^\*\*all/,$p' | replace results.md levels-by-layer
if [ -d "$runs/resnet" ]; then
  (cd "$runs" && java -jar "$jar" report levels resnet/q4-*/last.zip) \
    | replace results.md levels-resnet
fi
(cd "$runs" && java -jar "$jar" report clip {ablation/paper-1,ablation/no-soft-clip-1,paper/q4-1}/last.zip) \
  | replace ablation.md clip
