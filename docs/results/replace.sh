#!/usr/bin/env bash
# For the scripts beside it.

# replace FILE NAME: standard input becomes what stands between the marks.
replace() {
  grep -q "^<!-- $2 -->$" "$1" || { echo "$1: expected a line <!-- $2 -->" >&2; exit 1; }
  local text part
  text=$(mktemp) part=$(mktemp)
  cat > "$text"
  awk -v name="$2" -v text="$text" '
    $0 == "<!-- /" name " -->" { inside = 0 }
    !inside { print }
    $0 == "<!-- " name " -->" {
      inside = 1
      print ""
      while ((getline line < text) > 0) print line
      print ""
    }' "$1" > "$part"
  cat "$part" > "$1"
  rm "$text" "$part"
}
