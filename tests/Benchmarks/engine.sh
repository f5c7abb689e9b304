#!/usr/bin/env bash
# What Docker Engine takes with networks of its own driver bridge, of netctl, and of a driver that does the least (driver.c), in turn on one
# throw-away host: connect and disconnect, and run and rm with 0, 1, 10 and 100 published ports, which the least has not. Prints medians in
# milliseconds, and ratios to the Engine's own driver: that of the least is what any driver behind the plug-in socket costs.
#   tests/Benchmarks/engine.sh [ROUNDS]     as root; NETCTL_BINARY names netctl, else netlab/build.sh makes it; gcc
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=/usr/bin:/usr/sbin:/bin:/sbin:$PATH
rounds=${1:-7}
if [ -z "${INSIDE:-}" ]; then
  NETCTL_BINARY=${NETCTL_BINARY:-$("$here/../../netlab/build.sh")} INSIDE=1 \
    exec unshare --net --mount --propagation private -- "$0" "$rounds"
fi

root=$(mktemp -d /tmp/netctl-engine.XXXXXX)
group=$(basename "$root")
daemons=()
docker() { command docker --config "$root/client" -H "unix://$root/docker.sock" "$@"; }
finish() {
  local status=$? daemon
  docker ps -aq 2>/dev/null | xargs -r docker --config "$root/client" -H "unix://$root/docker.sock" rm -f >/dev/null 2>&1 || true
  for daemon in "${daemons[@]}"; do kill "$daemon" 2>/dev/null && wait "$daemon" || true; done
  find /sys/fs/cgroup -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null || true
  rm -rf "$root" 2>/dev/null || true
  exit $status
}
trap finish EXIT
trap 'exit 130' INT TERM
wait_for() {
  local until=$((SECONDS + 60))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $until ] || { echo "no answer: $*" >&2; tail -n 5 "$root"/*.log >&2; exit 1; }
    sleep 0.05
  done
}

# Both daemons write below /run and /opt whatever folders they are given.
mount -t tmpfs tmpfs /run
[ ! -d /opt ] || mount -t tmpfs tmpfs /opt
mkdir -p /run/netns "$root/image/bin"
ip link set lo up
dockerd --data-root "$root/data" --exec-root "$root/exec" --pidfile "$root/dockerd.pid" -H "unix://$root/docker.sock" \
  --storage-driver vfs --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$group" >"$root/dockerd.log" 2>&1 &
daemons+=($!)
"$NETCTL_BINARY" daemon --data-root "$root/netctl" --exec-root /run/netctl --log-level warn >"$root/netctl.log" 2>&1 &
daemons+=($!)
gcc -O2 -o "$root/driver" "$here/driver.c"
mkdir -p /run/docker/plugins
"$root/driver" /run/docker/plugins/least.sock >"$root/least.log" 2>&1 &
daemons+=($!)
wait_for docker version
wait_for test -S /run/docker/plugins/least.sock
wait_for test -S /run/docker/plugins/netctl.sock

for file in /bin/sleep $(ldd /bin/sleep | grep -o '/[^ ]*'); do
  mkdir -p "$root/image$(dirname "$file")"
  cp -L "$file" "$root/image$file"
done
tar -C "$root/image" -c . | docker import - box >/dev/null
drivers=(bridge netctl least)
for driver in "${drivers[@]}"; do
  docker network create -d $driver $driver-1 >/dev/null
  docker network create -d $driver $driver-2 >/dev/null
  docker run -d --name $driver-stays --network $driver-1 box sleep 100000 >/dev/null
done

timed() { # what driver command...
  local what=$1 driver=$2 began; shift 2
  began=$(date +%s%N)
  "$@" >/dev/null
  echo "$what $driver $((($(date +%s%N) - began) / 1000))" >>"$root/times"
}
for ((round = 0; round <= rounds; round++)); do
  [ $round -ne 1 ] || : >"$root/times" # the first round warms up
  # Each comes as often before another as after it, and none bears what another has left to do.
  order=(bridge netctl least)
  [ $((round % 2)) -eq 0 ] || order=(least netctl bridge)
  for driver in "${order[@]}"; do
    sleep 0.5
    timed connect $driver docker network connect $driver-2 $driver-stays
    timed disconnect $driver docker network disconnect $driver-2 $driver-stays
    for ports in 0 1 10 100; do
      [ $driver != least ] || [ $ports -eq 0 ] || continue
      flags=()
      for ((port = 1; port <= ports; port++)); do flags+=(-p "$((20000 + port)):$port"); done
      timed "run-$ports" $driver docker run -d --name timed --network $driver-1 "${flags[@]}" box sleep 100000
      timed "rm-$ports" $driver docker rm -f timed
    done
  done
done

echo "Docker Engine $(docker version -f '{{.Server.Version}}'), $rounds rounds, medians in ms"
sort -k1,1 -k2,2 -k3,3n "$root/times" | awk '
  { key = $1 " " $2; count[key]++; value[key, count[key]] = $3 / 1000 }
  function median(what, driver,  key) { key = what " " driver; return value[key, int((count[key] + 1) / 2)] }
  END {
    split("connect disconnect run-0 run-1 run-10 run-100 rm-0 rm-1 rm-10 rm-100", names, " ")
    for (i = 1; i in names; i++) {
      bridge = median(names[i], "bridge"); netctl = median(names[i], "netctl"); least = median(names[i], "least")
      printf "%-12s bridge %8.1f  netctl %8.1f  ratio %5.2f", names[i], bridge, netctl, netctl / bridge
      if (least) printf "  least %8.1f  ratio %5.2f", least, least / bridge
      print ""
    }
    bridge = median("run-100", "bridge") - median("run-0", "bridge"); netctl = median("run-100", "netctl") - median("run-0", "netctl")
    printf "what 100 ports add to a run: bridge %.1f  netctl %.1f  ratio %.3f\n", bridge, netctl, netctl / bridge
  }'
