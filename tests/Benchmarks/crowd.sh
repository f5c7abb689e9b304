#!/usr/bin/env bash
# What many containers cost the native daemon, on one throw-away host: containers started one after another and all at once, the daemon's
# memory for each, and its start beside them all against its start beside none. Prints milliseconds, kilobytes and ratios.
#   tests/Benchmarks/crowd.sh [CONTAINERS]     as root; NETCTL_BINARY names netctl, else netlab/build.sh makes it; curl
set -euo pipefail
# shellcheck source=tests/Benchmarks/host.sh
. "$(dirname "${BASH_SOURCE[0]}")/host.sh"
crowd=${1:-1000}
networks=20

# The memory that is the daemon's alone, in kB.
memory() { awk '/^Private_Dirty:/ { print $2 }' "/proc/$daemon/smaps_rollup"; }

start
for ((n = 0; n < networks; n++)); do netctl network create "n$n" >/dev/null; done
stop
start
empty=$took

each() { # how many containers, and how: one after another, or all at once
  local i
  for ((i = 0; i < $1; i++)); do
    if [ "$2" = at-once ]; then netctl run -d --network "n$((i % networks))" sleep 100000 >/dev/null & else
      netctl run -d --network "n$((i % networks))" sleep 100000 >/dev/null; fi
  done
  [ "$2" != at-once ] || wait $(jobs -p | grep -vx "$daemon")
}
each 10 one-by-one
began=$(now); each 50 one-by-one; one_by_one=$(since "$began")
began=$(now); each 50 at-once; at_once=$(since "$began")
echo "50 run -d     one after another $one_by_one ms, at once $at_once ms, ratio $(ratio $at_once $one_by_one)"

netctl ps -aq | xargs -r "$NETCTL_BINARY" rm -f >/dev/null
sleep 12 # an idle daemon gives back what it has no use for
before=$(memory)
for ((i = 0; i < crowd; i++)); do
  netctl run -d --network "n$((i % networks))" -p "$((10000 + 2 * i)):80" -p "$((10001 + 2 * i)):81" sleep 100000 >/dev/null
done
sleep 70 # it does so at most once a minute
echo "memory        $before kB before, $(memory) kB with $crowd containers of two ports, $((($(memory) - before) / crowd)) kB each"
stop
start
full=$took
echo "start         beside none $empty ms, beside $crowd containers with $((2 * crowd)) ports on $networks networks $full ms"
stop
start
echo "              again $took ms"
