#!/bin/sh
# Ends all that netctl runs on this machine and takes what it has made out of the kernel, before its program is removed: without the program
# nobody could. It is installed beside the program; the package's prerm and install.sh call it.
#   retire [--keep]      --keep leaves the definitions of networks and containers where they are
# Only a daemon can do so. One is started for it, on a socket of its own: the machine's own may hang, be disabled, or not start because of a
# mistake in its configuration. When something fails, nothing is removed and one sentence says why.
set -eu
umask 077
unset NETCTL_HOST
export PATH="$PATH:/usr/sbin:/sbin"
netctl=$(dirname "$(readlink -f "$0")")/netctl
configuration=/etc/netctl/daemon.json

keep=
case ${1-} in
  --keep) keep=yes ;;
  '') ;;
  *) echo "netctl: unknown argument $1; usage: retire [--keep]" >&2; exit 1 ;;
esac

folder() { # key of the configuration, its default
  local found=
  [ ! -r $configuration ] ||
    found=$(sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\(\/[^"]*\)".*/\1/p' $configuration | head -n 1)
  echo "${found:-$2}"
}
state=$(folder data-root /var/lib/netctl)
run=$(folder exec-root /run/netctl)
kept=$state/.kept
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The process of the daemon: it holds the lock of the file as long as it lives. An id in a file that nobody has locked is of one that has
# ended, and may be another's by now.
daemon() {
  [ -e "$run/netctl.pid" ] || return 0
  flock --nonblock "$run/netctl.pid" true || cat "$run/netctl.pid"
}

end_daemon() {
  local id='' signal seconds
  for signal in TERM KILL; do
    id=$(daemon)
    [ -n "$id" ] || return 0
    kill -$signal "$id" 2>/dev/null || true
    seconds=15
    while [ -n "$(daemon)" ] && [ $seconds -gt 0 ]; do
      sleep 1
      seconds=$((seconds - 1))
    done
  done
  [ -z "$(daemon)" ] || fail "the daemon, process $id, cannot be ended"
}

# What an earlier attempt was to keep comes first.
restore() {
  [ -d "$kept" ] || return 0
  find "$state/" -mindepth 1 -maxdepth 1 ! -name .kept ! -name logs -exec rm -rf {} +
  find "$kept" -mindepth 1 -maxdepth 1 -exec mv -f -t "$state/" {} +
  rmdir "$kept"
}

fail() {
  echo "netctl: $*; nothing was removed" >&2
  exit 1
}

give_up() {
  end_daemon
  restore
  fail "$@"
}

start() { # further arguments of the daemon
  local tries=600
  rm -f "$work/ended"
  { setsid "$netctl" daemon -H "unix://$work/socket" "$@" >"$work/log" 2>&1 </dev/null || true; : >"$work/ended"; } &
  until timeout 5 "$netctl" -H "unix://$work/socket" version >/dev/null 2>&1; do
    [ ! -e "$work/ended" ] && [ $tries -gt 0 ] || return 1
    sleep 0.2
    tries=$((tries - 1))
  done
}

[ ! -d /run/systemd/system ] || systemctl stop netctl.service netctl.socket 2>/dev/null || true
end_daemon
restore
[ -e "$state/netctl.db" ] || [ -d "$run/mirror" ] || [ -n "$(ls -A "$run/shims" 2>/dev/null)" ] || exit 0

if [ -n "$keep" ]; then
  mkdir -p "$state"
  rm -rf "$kept.new"
  mkdir "$kept.new"
  find "$state/" -mindepth 1 -maxdepth 1 ! -name '.kept*' ! -name logs -exec cp -a -t "$kept.new" {} + 2>"$work/log" || {
    rm -rf "$kept.new"
    fail "the definitions of networks and containers could not be kept in $state ($(tail -n 1 "$work/log")): make room there, and try again"
  }
  mv "$kept.new" "$kept"
fi

# Without the configuration where it is what is wrong.
echo '{}' >"$work/daemon.json"
start || start --config-file "$work/daemon.json" || give_up \
  "no daemon starts, and nobody else can end containers ($(tail -n 1 "$work/log")): mend that, and try again"
timeout 300 "$netctl" -H "unix://$work/socket" system reset -f >"$work/log" 2>&1 || give_up \
  "not all that netctl has made could be removed ($(tail -n 1 "$work/log")): mend that, and try again"
end_daemon
restore
