#!/bin/sh
# Ends all that netctl runs on this machine and takes what it has made out of the kernel, before its program is removed: without the program
# nobody could. It is installed beside the program; the package's prerm and install.sh call it.
#   retire [PROGRAM]     PROGRAM is netctl where it is not beside this script
# Only a daemon can do so. One is started for it, on a socket of its own: the machine's own may hang, be disabled, or not start because of a
# mistake in its configuration. It works on a copy of the definitions of networks and containers, in the run-time folder: the definitions
# themselves are never written to, so that they stay whatever ends this, a loss of power too. Who wants them gone removes them afterwards.
set -eu
umask 077
unset NETCTL_HOST
export PATH="$PATH:/usr/sbin:/sbin"
here=$(dirname "$(readlink -f "$0")")
netctl=${1:-$here/netctl}
# shellcheck source=packaging/folders.sh
. "$here/folders.sh"

state=$(folder data-root /var/lib/netctl)
run=$(folder exec-root /run/netctl)
copy=$run/retire
units=
by_hand=
began=
starter=
work=$(mktemp -d)
cleanup() {
  await_own
  rm -rf "$work" "$copy"
}
trap cleanup EXIT
# dash does not run the trap of EXIT when a signal ends it.
trap 'exit 1' INT TERM HUP

end_daemon() {
  local id='' signal seconds
  for signal in TERM KILL; do
    id=$(daemon "$run")
    [ -n "$id" ] || return 0
    kill -$signal "$id" 2>/dev/null || true
    seconds=15
    while [ -n "$(daemon "$run")" ] && [ $seconds -gt 0 ]; do
      sleep 1
      seconds=$((seconds - 1))
    done
  done
  [ -z "$(daemon "$run")" ] || fail "the daemon, process $id, cannot be ended: see what it waits for, and try again"
}

# Waits until the daemon that was started here has ended, and asks it to end where end_daemon has not seen it, since it has no lock yet. The
# shell that waits for that daemon writes to the folder of this run, which has to stay until then.
await_own() {
  [ -n "$starter" ] || return 0
  local tries=75 asked=''
  while [ ! -e "$work/ended" ] && [ $tries -gt 0 ]; do
    [ -n "$asked" ] || [ ! -s "$work/pid" ] || { kill "$(cat "$work/pid")" 2>/dev/null || true; asked=yes; }
    sleep 0.2
    tries=$((tries - 1))
  done
  [ -e "$work/ended" ] || kill -KILL "$(cat "$work/pid")" 2>/dev/null || true
  wait "$starter" || true
  starter=
}

# The service is started again where it ran, and everything that still has a definition is as it says.
fail() {
  trap '' INT TERM HUP
  if [ -z "$began" ] && [ "$(cat "$run/mirror/origin" 2>/dev/null || true)" = "$copy/netctl.db" ]; then
    printf %s "$state/netctl.db" >"$run/mirror/origin"
  fi
  cleanup
  # shellcheck disable=SC2086 # several units
  [ -z "$units" ] || systemctl start $units 2>/dev/null || true
  set -- "$*; nothing was removed"
  [ -z "$began" ] || set -- "${1%; nothing was removed}; containers were ended, and their definitions were kept"
  [ -z "$by_hand" ] || set -- "$1; the daemon that was started by hand has ended"
  echo "netctl: $1" >&2
  trap - EXIT
  exit 1
}

give_up() {
  trap '' INT TERM HUP
  end_daemon
  await_own
  fail "$@"
}

# Starts a daemon on the copy, with what else the arguments say.
start() {
  local tries=600
  rm -f "$work/ended"
  {
    setsid sh -c 'echo $$ >"$0"; exec "$@"' "$work/pid" "$netctl" daemon -H "unix://$work/socket" --data-root "$copy" "$@" \
      >"$work/log" 2>&1 </dev/null || true
    : >"$work/ended"
  } &
  starter=$!
  until timeout 5 "$netctl" -H "unix://$work/socket" version >/dev/null 2>&1; do
    [ ! -e "$work/ended" ] && [ $tries -gt 0 ] || { end_daemon; await_own; return 1; }
    sleep 0.2
    tries=$((tries - 1))
  done
}

# With the machine's configuration, but for what is said in the command line; and where that is what is wrong, with its folders alone.
start_either() {
  if [ -r $configuration ]; then
    tr -s '[:space:]' ' ' <$configuration >"$work/read"
    sed -e 's/"data-root" *: *"[^"]*" *,\{0,1\}//' -e 's/"hosts" *: *\[[^]]*\] *,\{0,1\}//' -e 's/, *}/ }/g' \
      "$work/read" >"$work/daemon.json"
    ! start --config-file "$work/daemon.json" || return 0
  fi
  set -- --config-file '' --exec-root "$run" --plugin-dir "$(setting plugin-dir /run/docker/plugins)"
  case $(setting firewall-backend '') in iptables | nftables) set -- "$@" --firewall-backend "$(setting firewall-backend '')" ;; esac
  start "$@"
}

[ -n "$(daemon "$run")" ] || [ -e "$state/netctl.db" ] || [ -d "$run/mirror" ] || [ -n "$(ls -A "$run/shims" 2>/dev/null)" ] || exit 0
"$netctl" --version >/dev/null 2>"$work/log" ||
  fail "the program $netctl does not run, and without it nobody can end containers: install netctl again, and try again"

if [ -d /run/systemd/system ]; then
  for unit in netctl.socket netctl.service; do
    case $(systemctl is-active $unit 2>/dev/null || true) in active | activating | reloading) units="$units $unit" ;; esac
  done
fi
trap 'give_up "the removal was interrupted: run it again"' INT TERM HUP
[ ! -d /run/systemd/system ] || systemctl stop netctl.service netctl.socket 2>/dev/null || true
by_hand=$(daemon "$run")
end_daemon

rm -rf "$copy"
[ -d "$run" ] || (umask 066; mkdir -p "$run")
mkdir "$copy" 2>"$work/log" ||
  fail "the folder $copy cannot be made ($(tail -n 1 "$work/log")): make room there, and try again"
if [ -e "$state/netctl.db" ]; then
  cp -a "$state"/netctl.db* "$copy/" 2>"$work/log" ||
    fail "definitions of networks and containers could not be copied to $copy ($(tail -n 1 "$work/log")): make room there, and try again"
fi
# What the daemon would know from its second copy, if the store is damaged or lost, this one is to know too.
[ ! -e "$run/mirror/origin" ] || [ "$(cat "$run/mirror/origin")" != "$state/netctl.db" ] ||
  printf %s "$copy/netctl.db" >"$run/mirror/origin"

start_either || give_up "no daemon starts, and nobody else can end containers ($(tail -n 1 "$work/log")): mend that, and try again"
began=yes
# A signal is heard while this waits, and not only afterwards.
timeout 300 "$netctl" -H "unix://$work/socket" system reset -f >"$work/reset" 2>&1 &
wait $! || give_up \
  "not all that netctl has made could be removed ($(tail -n 1 "$work/reset")): mend that, and try again"
# The host has nothing of netctl any more; what others still believe of it does not keep the removal from being done.
sed -n 's/.*\(a plug-in was not told of what the reset has removed.*\)/netctl: warning: \1/p' "$work/log" >&2
end_daemon
# Its second copy of the definitions, of which there is no first one any more. Who finds none knows that all was ended.
rm -f "$run"/mirror/copy.db* "$run/mirror/origin"
rmdir "$run/mirror" 2>/dev/null || true
