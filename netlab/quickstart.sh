#!/usr/bin/env bash
# The main job from a fresh clone: two containers on a network, a name, a published port; and everything removed again.
#   netlab/quickstart.sh          in throw-away namespaces: nothing of the machine's network is touched
#   netlab/quickstart.sh --host   in the machine's own namespace; the daemon stays running
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=netlab/require.sh
. "$here/require.sh"
export PATH=$PATH:/usr/sbin:/sbin

case ${1:-} in
  '' | --host | --inside) mode=${1:-} ;;
  *) echo "netlab: unknown argument $1; usage: netlab/quickstart.sh [--host]" >&2; exit 1 ;;
esac

if [ "$mode" != --inside ]; then
  require_machine
  "$here/packages.sh" build run demo
  NETCTL=$("$here/build.sh")
  export NETCTL
  # A mount namespace of its own and an empty /run/netns: what is made below is gone when this script ends, however it ends.
  [ "$mode" = --host ] || exec unshare --mount --propagation private -- "$here/quickstart.sh" --inside
fi

began=$(date +%s%N)
work=$(mktemp -d /tmp/netlab.XXXXXX)
daemon=
client=
cleanup() {
  local status=$?
  if [ "$mode" = --inside ]; then
    if [ -n "$daemon" ]; then
      "$NETCTL" system reset -f >/dev/null 2>&1 || true
      kill "$daemon" 2>/dev/null || true
      wait "$daemon" 2>/dev/null || true
    fi
    umount /run/netns 2>/dev/null || true
  fi
  rm -rf "$work"
  [ $status -eq 0 ] || echo "netlab: stopped at a failing step; what it had made is removed" >&2
  exit $status
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '\n# %s\n' "$*"; }
run() { printf '$ %s\n' "${*/#$NETCTL/netctl}"; "$@"; }
netctl() { printf '$ netctl'; printf ' %q' "$@"; printf '\n'; "$NETCTL" "$@"; }
wait_for() { # what, seconds, command...
  local what=$1 until=$((SECONDS + $2)); shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $until ]; then
      echo "netlab: $what did not happen in time" >&2
      [ ! -e "$work/daemon.log" ] || tail -n 20 "$work/daemon.log" >&2
      exit 1
    fi
    sleep 0.05
  done
}

if [ "$mode" = --inside ]; then
  say "a throw-away host, and a client outside it on the same wire"
  mkdir -p /run/netns
  mount -t tmpfs tmpfs /run/netns
  run ip netns add host
  run ip netns add client
  run ip -n host link add lan type veth peer name lan netns client
  run ip -n host address add 192.0.2.1/24 dev lan
  run ip -n client address add 192.0.2.2/24 dev lan
  for ns in host client; do ip -n $ns link set lo up; ip -n $ns link set lan up; done
  export NETCTL_HOST=unix://$work/run/netctl.sock
  say "the daemon, in that host"
  echo "\$ netctl daemon"
  nsenter --net=/run/netns/host "$NETCTL" daemon --data-root "$work/data" --exec-root "$work/run" \
    --plugin-dir "$work/plugins" --host "$NETCTL_HOST" >"$work/daemon.log" 2>&1 &
  daemon=$!
  client="ip netns exec client"
  address=192.0.2.1
else
  say "the daemon, in this machine's own namespace"
  unset NETCTL_HOST
  if "$NETCTL" version >/dev/null 2>&1; then
    echo "a daemon is running already: using it"
  else
    mkdir -p /var/log
    echo "\$ netctl daemon &"
    setsid "$NETCTL" daemon >>/var/log/netctl.log 2>&1 </dev/null &
    disown
  fi
  address=$(ip -j -4 address show scope global | grep -o '"local":"[0-9.]*"' | head -n 1 | cut -d'"' -f4)
  address=${address:-127.0.0.1}
fi
wait_for "the daemon's answer" 15 "$NETCTL" version
ready=$(date +%s%N)

mkdir -p "$work/www"
echo "Hello from a container." >"$work/www/index.html"

say "one network, two containers"
netctl network create netlab-front
netctl run -d --name netlab-web --network netlab-front -p 8080:80 busybox httpd -f -p 80 -h "$work/www"
netctl run -d --name netlab-app --network netlab-front sleep 1000
netctl ps

say "one fetches a page from the other, by name"
wait_for "the web server's start" 5 "$NETCTL" exec netlab-app curl -sf http://netlab-web/
echo '$ netctl exec netlab-app curl -sS http://netlab-web/'
page=$("$NETCTL" exec netlab-app curl -sS http://netlab-web/)
echo "$page"

say "the page from outside, through the published port"
echo "\$ ${client:+$client }curl http://$address:8080/"
outside=$($client curl -sS --max-time 5 "http://$address:8080/")
echo "$outside"

say "a second network for one of them, while it runs"
netctl network create netlab-back
netctl network connect netlab-back netlab-app
netctl exec netlab-app ip -br address
netctl network inspect netlab-front
web=$("$NETCTL" inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' netlab-web)

say "and everything removed"
netctl rm -f netlab-web netlab-app
netctl network rm netlab-front netlab-back
ended=$(date +%s%N)

left=
if [ "$mode" = --inside ]; then
  say "nothing is left once the daemon has been reset"
  netctl system reset -f
  kill "$daemon"; wait "$daemon" 2>/dev/null || true; daemon=
  left=$(ip -n host -br link | grep -Ev '^(lo|lan)' || true)
  left+=$(nsenter --net=/run/netns/host iptables-save | grep -i netctl || true)
  left+=$(find /run/netns -mindepth 1 -not -name host -not -name client)
  [ -z "$left" ] || { echo "netlab: left behind: $left" >&2; exit 1; }
fi

say "what was seen"
ms() { echo $(( ($2 - $1) / 1000000 )); }
cat <<TXT
  netlab-web's address       $web
  by name, from netlab-app   $page
  from outside, port 8080    $outside
  daemon ready after         $(ms "$began" "$ready") ms
  the whole job              $(ms "$ready" "$ended") ms
TXT
if [ "$mode" = --inside ]; then
  echo "  left on the machine        nothing"
else
  echo "  the daemon is running: try  netctl run -d --name web -p 8080:80 ...  ($NETCTL)"
fi
[ "$page" = "Hello from a container." ] && [ "$outside" = "$page" ]
