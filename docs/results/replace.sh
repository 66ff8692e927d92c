#!/usr/bin/env bash
# For the scripts beside it.

# replace FILE NAME: standard input becomes what stands between the lines <!-- NAME --> and
# <!-- /NAME -->. The file stays as it is if there is no input, or no such lines.
replace() {
  local text part
  text=$(mktemp)
  cat > "$text"
  [ -s "$text" ] || { echo "$1: nothing to put into $2" >&2; return 1; }
  for mark in "$2" "/$2"; do
    grep -q "^<!-- $mark -->$" "$1" || {
      echo "$1: expected a line <!-- $mark -->" >&2
      return 1
    }
  done
  part=$(mktemp "$1.XXXXXX")
  awk -v name="$2" -v text="$text" '
    $0 == "<!-- /" name " -->" { inside = 0 }
    !inside { print }
    $0 == "<!-- " name " -->" {
      inside = 1
      print ""
      while ((getline line < text) > 0) print line
      print ""
    }' "$1" > "$part"
  chmod --reference="$1" "$part"
  mv "$part" "$1"
  rm "$text"
}
