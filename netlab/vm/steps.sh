# shellcheck shell=bash
# Sourced. Runs steps with their times; of a step that fails, the end of its log is printed, and the script ends.
NUMBER=0
ON_FAILURE=true
BEGAN=$(date +%s)

step() { # title, command...
  local title=$1 log began=$SECONDS status=0
  shift
  NUMBER=$((NUMBER + 1))
  log=$root/artifacts/vm/log/$(printf %02d $NUMBER)-$(tr -cs 'a-zA-Z0-9' - <<<"$title" | sed 's/-*$//').log
  printf '%s ... ' "$title"
  # A function that is tested is not ended by its first failing command: a shell of its own is.
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [ $status -ne 0 ]; then
    echo "FAILED after $((SECONDS - began)) s"
    tail -n 60 "$log"
    $ON_FAILURE
    echo "netlab: the step \"$title\" failed; its whole log is ${log#"$root"/}" >&2
    exit 1
  fi
  echo "$((SECONDS - began)) s"
}

total() { echo "in all: $(($(date +%s) - BEGAN)) s"; }
