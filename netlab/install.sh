#!/usr/bin/env bash
# Installs netctl on this machine, or removes it again.
#   netlab/install.sh                     compiles it, and installs below /usr/local: the program, units, completions, manual, labs
#   netlab/install.sh --prefix DIR        below another folder
#   netlab/install.sh --uninstall         ends all that netctl runs and removes all that it and this script have made
# In the tarball it is beside what is to be installed, and compiles nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin

fail() { echo "netlab: $*" >&2; exit 1; }

prefix=/usr/local action=install
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -gt 1 ] || fail "--prefix needs a folder: give one, such as --prefix /opt/netctl"; prefix=$2; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --uninstall) action=uninstall ;;
    *) fail "unknown argument $1; usage: netlab/install.sh [--prefix DIR] [--uninstall]" ;;
  esac
  shift
done
case $prefix in
  /usr | /) fail "$prefix is the place of the distribution's packages: take another folder, or make a package with packaging/deb/make.sh" ;;
  /*) ;;
  *) fail "$prefix is not an absolute path: give one that begins with /" ;;
esac
[ "$(uname -s)" = Linux ] || fail "this is $(uname -s); netctl makes Linux network namespaces, so install it on Linux"
[ "$(id -u)" -eq 0 ] || fail "not root; an installation writes to $prefix: run sudo $0"

record=$prefix/share/netctl/installed
units=/etc/systemd/system
has_systemd() { [ -d /run/systemd/system ]; }

# The process of the daemon that the default socket belongs to; nothing when none runs.
daemon() {
  local id
  id=$(cat /run/netctl/netctl.pid 2>/dev/null) || return 0
  [ -n "$id" ] && [ "$(cat "/proc/$id/comm" 2>/dev/null)" = netctl ] && echo "$id"
  return 0
}

# Nobody but a daemon can end containers, and take their networks out of the kernel.
wake_daemon() {
  local until=$((SECONDS + 20))
  [ -z "$(daemon)" ] && [ -e /var/lib/netctl/netctl.db ] || return 0
  if has_systemd; then
    systemctl start netctl.service || true
  else
    setsid "$prefix/bin/netctl" daemon >/dev/null 2>&1 </dev/null &
  fi
  until "$prefix/bin/netctl" version >/dev/null 2>&1; do
    [ $SECONDS -lt $until ] ||
      fail "the daemon does not start, and nobody else can end containers: see what \"$prefix/bin/netctl daemon\" says, and run this again"
    sleep 0.1
  done
}

end_daemon() {
  local id until=$((SECONDS + 20))
  ! has_systemd || systemctl stop netctl.socket netctl.service 2>/dev/null || true
  id=$(daemon)
  [ -z "$id" ] || kill "$id"
  while [ -n "$(daemon)" ]; do
    [ $SECONDS -lt $until ] || fail "the daemon, process $id, does not end: end it, and run this again"
    sleep 0.1
  done
}

uninstall() {
  [ -e "$record" ] || fail "there is no installation below $prefix: name its folder with --prefix (a package is removed by its manager)"
  wake_daemon
  if [ -n "$(daemon)" ]; then
    running=$("$prefix/bin/netctl" ps -q 2>/dev/null | wc -l) || running=0
    [ "$running" -eq 0 ] || echo "ending $running containers"
    "$prefix/bin/netctl" system reset -f || fail "netctl could not remove all that it had made, see above: mend that, and run this again"
  fi
  end_daemon
  ! has_systemd || systemctl disable netctl.service netctl.socket >/dev/null 2>&1 || true
  rm -rf /var/lib/netctl /run/netctl /etc/netctl
  # Folders that others may use as well, where nobody has anything there.
  rmdir /run/netns /run/docker/plugins /run/docker 2>/dev/null || true
  # Files first, then the folders that this script has made and that nobody else has put anything into, the deepest first.
  local path
  grep -q '^group$' "$record" && groupdel netctl 2>/dev/null || true
  while read -r kind path; do
    [ "$kind" != file ] || rm -f "$path"
  done <"$record"
  local folders
  folders=$(sed -n 's/^folder //p' "$record" | sort -r)
  rm -f "$record"
  while read -r path; do
    [ -z "$path" ] || rmdir "$path" 2>/dev/null || true
  done <<<"$folders"
  ! has_systemd || systemctl daemon-reload
  echo "netctl is removed"
}

# Files of a tree, each put in its place by a rename: a daemon that runs keeps the file that it was started from.
place() { # the tree
  local path to
  while read -r path; do
    to=$prefix/$path
    if [ -d "$1/$path" ] && [ ! -L "$1/$path" ]; then
      [ -d "$to" ] || { mkdir "$to"; echo "folder $to" >>"$record.new"; }
    else
      cp -a "$1/$path" "$to.netctl-new"
      mv -T "$to.netctl-new" "$to"
      echo "file $to" >>"$record.new"
    fi
  done < <(cd "$1" && find bin lib share -path lib/systemd -prune -o -print | LC_ALL=C sort)
}

install_all() {
  if command -v dpkg-query >/dev/null && dpkg-query -W -f '${db:Status-Status}' netctl 2>/dev/null | grep -qx installed; then
    fail "the package netctl is installed: upgrade that, or remove it with \"apt-get remove netctl\" and run this again"
  fi
  local tree=$here work=
  if [ ! -x "$here/lib/netctl/netctl" ]; then
    # shellcheck source=netlab/require.sh
    . "$here/require.sh"
    require_sdk
    [ "$(df -Pk "$here" | awk 'NR==2 {print $4}')" -gt 1500000 ] ||
      fail "less than 1.5 GB is free where $here is, and compiling needs that: free some, or install from a package"
    "$here/packages.sh" build run
    # shellcheck source=packaging/version.sh
    . "$here/../packaging/version.sh"
    work=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    "$here/../packaging/stage.sh" "$("$here/../packaging/publish.sh")" "$work" "$prefix"
    tree=$work$prefix
  fi
  "$tree/lib/netctl/netctl" --version >/dev/null || fail "the program does not run on this machine, see above: compile it here from a clone"

  local before; before=$(daemon)
  local made=()
  local folder=$prefix/share/netctl
  while [ ! -d "$folder" ]; do made+=("$folder"); folder=$(dirname "$folder"); done
  mkdir -p "$prefix/share/netctl"
  : >"$record.new"
  # What an earlier installation has made is this one's, too.
  [ ! -e "$record" ] || grep -E '^(folder|group)' "$record" >>"$record.new" || true
  for folder in "${made[@]}"; do echo "folder $folder" >>"$record.new"; done
  place "$tree"
  if has_systemd; then
    for unit in netctl.service netctl.socket; do
      sed "s:^ExecStart=.*/bin/netctl:ExecStart=$prefix/bin/netctl:" "$tree/lib/systemd/system/$unit" >"$units/$unit.new"
      mv "$units/$unit.new" "$units/$unit"
      echo "file $units/$unit" >>"$record.new"
    done
  fi
  if ! getent group netctl >/dev/null; then
    groupadd --system netctl
    echo group >>"$record.new"
  fi
  # What an earlier version had and this one has not.
  if [ -e "$record" ]; then
    { grep '^file ' "$record" | grep -vxFf "$record.new" || true; } | while read -r _ path; do rm -f "$path"; done
  fi
  mv "$record.new" "$record"
  start "$before"
}

start() { # process of the daemon that ran before
  local version; version=$("$prefix/bin/netctl" --version)
  if ! has_systemd; then
    if [ -n "$1" ]; then
      echo "$version is installed; the daemon, process $1, is of the version before: end it and start \"netctl daemon\"; containers go on"
    else
      echo "$version is installed; systemd does not run here: start \"netctl daemon\", as root"
    fi
    return
  fi
  systemctl daemon-reload
  systemctl --quiet enable netctl.socket netctl.service
  if [ -n "$1" ] && ! grep -q 'netctl\.service' "/proc/$1/cgroup"; then
    echo "$version is installed; the daemon, process $1, was started by hand: end it, then \"systemctl start netctl\"; containers go on"
    return
  fi
  # Containers go on meanwhile, and what asks the daemon waits in its sockets.
  systemctl start netctl.socket
  systemctl restart netctl.service || fail "the daemon does not start: see \"journalctl -u netctl\""
  echo "$version is installed and runs"
}

if [ $action = install ]; then install_all; else uninstall; fi
