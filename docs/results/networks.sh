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

# levels MARK NETWORK...: a table of the networks, if there are any.
levels() {
  local mark=$1
  shift
  [ $# -gt 0 ] || return 0
  local from=1 # of several networks, what is below "all"
  [ $# -eq 1 ] || from='/^\*\*all/'
  (cd "$runs" && java -jar "$jar" report levels "$@") | sed -n "$from,\$p" \
    | replace results.md "$mark"
}

cd "$runs" # for the patterns below
paper=(paper/q4-*/last.zip) fast=(fast/q4-*/last.zip) resnet=(resnet/q4-*/last.zip)
cd - > /dev/null
levels levels-by-layer "${paper[@]}"
levels levels-fast "${fast[@]}"
levels levels-resnet "${resnet[@]}"
if [ -e "$runs/ablation/paper-1/last.zip" ]; then
  (cd "$runs" && java -jar "$jar" report clip \
    {ablation/paper-1,ablation/no-soft-clip-1,paper/q4-1}/last.zip) | replace ablation.md clip
fi
