# Sourced, with the arguments of the script, by the benchmarks of the native daemon: goes on in a throw-away host, which is gone at the end,
# and has what they share.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=/usr/bin:/usr/sbin:/bin:/sbin:$PATH
if [ -z "${INSIDE:-}" ]; then
  NETCTL_BINARY=${NETCTL_BINARY:-$("$here/../../netlab/build.sh")} INSIDE=1 exec unshare --net --mount --propagation private -- "$0" "$@"
fi

root=$(mktemp -d /tmp/netctl-benchmark.XXXXXX)
mount -t tmpfs tmpfs /run
mkdir -p /run/netns
ip link set lo up
export NETCTL_HOST=unix:///run/netctl/netctl.sock
netctl() { "$NETCTL_BINARY" "$@"; }
daemon=
finish() {
  local status=$?
  [ -n "$daemon" ] || start >/dev/null
  netctl system reset -f || true
  kill "$daemon" && wait "$daemon" || true
  rm -rf "$root"
  exit $status
}
trap finish EXIT
trap 'exit 130' INT TERM

now() { date +%s%N; }
since() { echo $((($(now) - $1) / 1000000)); } # milliseconds
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# Starts the daemon, in a new mount namespace, as a service manager may; $took is the milliseconds to its first answer.
start() {
  local began
  began=$(now)
  unshare --mount -- "$NETCTL_BINARY" daemon --data-root "$root/data" --firewall-backend nftables --log-level error &
  daemon=$!
  until curl -sf --unix-socket /run/netctl/netctl.sock http://netctl/_ping >/dev/null; do :; done
  took=$(since "$began")
}
stop() { kill "$daemon" && wait "$daemon" || true; daemon=; }
