# shellcheck shell=bash
# Comes before each script that test.sh runs in a virtual machine.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
wait_for() { # seconds, command...
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $until ] || { echo "did not happen: $*"; "$@" || true; return 1; }
    sleep 0.3
  done
}
says() { # expression, command...: the command's output has a line that matches
  local expression=$1 output
  shift
  output=$("$@" 2>&1) || { echo "$* failed: $output"; return 1; }
  grep -qE -- "$expression" <<<"$output" || { echo "$*: \"$expression\" is not in: $output"; return 1; }
  echo "ok: $*: $(grep -E -m 1 -- "$expression" <<<"$output")"
}
are() { # state, units: each of them is; "systemctl is-active A B" is content with one
  local state=$1 unit
  shift
  for unit in "$@"; do
    [ "$(systemctl "is-$state" "$unit" 2>&1)" = "$state" ] || { echo "$unit: $(systemctl "is-$state" "$unit" 2>&1)"; return 1; }
    echo "ok: $unit is $state"
  done
}
page() { # expression, URL, seconds
  local until=$((SECONDS + ${3:-20}))
  until says "$1" curl -sS --max-time 5 "$2"; do
    [ $SECONDS -lt $until ] || return 1
    sleep 0.5
  done
}
