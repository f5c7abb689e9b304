#!/usr/bin/env bash
# Installs netctl on this machine, or removes it again.
#   netlab/install.sh                     compiles it, and installs below /usr/local: the program, units, completions, manual, labs
#   netlab/install.sh --prefix DIR        below another folder
#   netlab/install.sh --uninstall         ends all that netctl runs, and removes all that it and this script have made and its configuration
# In the tarball it is beside what is to be installed, and compiles nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
unset NETCTL_HOST
umask 022

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
[[ $prefix != /* ]] || prefix=$(realpath -m -s -- "$prefix")
case $prefix in
  /usr | /) fail "$prefix is the place of the distribution's packages: take another folder, or make a package with packaging/deb/make.sh" ;;
  *[!A-Za-z0-9/._+-]*) fail "$prefix has other characters than letters, digits, and /._+-, which units cannot name: take another folder" ;;
  /*) ;;
  *) fail "$prefix is not an absolute path: give one that begins with /" ;;
esac
[ "$(uname -s)" = Linux ] || fail "this is $(uname -s); netctl makes Linux network namespaces, so install it on Linux"
[ "$(id -u)" -eq 0 ] || fail "not root; an installation writes to $prefix: run sudo $0"

record=$prefix/share/netctl/installed
units=/etc/systemd/system
has_systemd() { [ -d /run/systemd/system ]; }

# What this and earlier installations below the prefix have made, one that was broken off too: "file PATH", "folder PATH", "group".
recorded() { cat "$record" "$record.new" 2>/dev/null || true; }

# The process of the daemon, which holds the lock of the file as long as it lives; nothing when none runs.
daemon() {
  [ -e /run/netctl/netctl.pid ] || return 0
  flock --nonblock /run/netctl/netctl.pid true || cat /run/netctl/netctl.pid
}

has_package() {
  command -v dpkg-query >/dev/null && dpkg-query -W -f '${db:Status-Status}' netctl 2>/dev/null | grep -qx installed
}

uninstall() {
  [ -n "$(recorded)" ] || fail "there is no installation below $prefix: name its folder with --prefix (a package is removed by its manager)"
  ! has_package || fail "the package netctl is installed too, and has the same state: remove it with \"apt-get remove netctl\" first"
  if [ -x "$prefix/lib/netctl/retire" ]; then
    "$prefix/lib/netctl/retire" || exit 1
  fi
  ! has_systemd || ! grep -qxF "file $units/netctl.service" <(recorded) ||
    systemctl disable --now netctl.service netctl.socket >/dev/null 2>&1 || true
  rm -rf /var/lib/netctl /run/netctl /etc/netctl
  # Folders that others may use as well, where nobody has anything there.
  rmdir /run/netns /run/docker/plugins /run/docker 2>/dev/null || true
  # Files first, then the folders that this script has made and that nobody else has put anything into, the deepest first.
  local kind path folders
  grep -qx group <(recorded) && groupdel netctl 2>/dev/null || true
  while read -r kind path; do
    [ "$kind" != file ] || rm -f "$path" "$path.netctl-new"
  done < <(recorded)
  folders=$(recorded | sed -n 's/^folder //p' | sort -ur)
  rm -f "$record" "$record.new"
  while read -r path; do
    [ -z "$path" ] || rmdir "$path" 2>/dev/null || true
  done <<<"$folders"
  ! has_systemd || systemctl daemon-reload
  echo "netctl is removed"
}

# Where a file of somebody else's is in the way, nothing is installed.
refuse_others() { # the tree
  local path file others=()
  while read -r path; do
    file=$prefix/$path
    if [ -e "$file" ] && { [ ! -d "$1/$path" ] || [ -L "$1/$path" ]; } && ! grep -qxF "file $file" <(recorded); then
      others+=("$file")
    fi
  done < <(parts "$1")
  if has_systemd; then
    for file in "$units/netctl.service" "$units/netctl.socket"; do
      [ ! -f "$file" ] || grep -qxF "file $file" <(recorded) || others+=("$file")
    done
  fi
  [ ${#others[@]} -eq 0 ] || fail "${others[0]} is there and is not of an installation below $prefix: remove that, or take another --prefix"
}

# Files, links and folders of a tree, but the units, each with its path in it.
parts() { (cd "$1" && find bin lib share -path lib/systemd -prune -o -print | LC_ALL=C sort); }

# Files of a tree, each put in its place by a rename: a daemon that runs keeps the file that it was started from. They are root's, whoever
# has unpacked them.
place() { # the tree
  local path to
  while read -r path; do
    to=$prefix/$path
    if [ -d "$1/$path" ] && [ ! -L "$1/$path" ]; then
      [ -d "$to" ] || { echo "folder $to" >>"$record.new"; mkdir "$to"; }
    else
      echo "file $to" >>"$record.new"
      cp -a --no-preserve=ownership "$1/$path" "$to.netctl-new"
      [ -L "$1/$path" ] || chmod u=rwX,go=rX "$to.netctl-new"
      mv -T "$to.netctl-new" "$to"
    fi
  done < <(parts "$1")
}

# A unit of this installation. One that was edited stays as it is.
place_unit() { # the tree, the unit's name
  local unit=$units/$2 text
  text=$(sed "s:^ExecStart=.*/bin/netctl:ExecStart=$prefix/bin/netctl:" "$1/lib/systemd/system/$2")
  echo "file $unit" >>"$record.new"
  if [ -f "$unit" ] && ! recorded | grep -qxF "unit $(sha256sum <"$unit" | cut -d' ' -f1) $2"; then
    echo "$unit was edited and stays as it is"
    return
  fi
  echo "$text" >"$unit.new"
  chmod 644 "$unit.new"
  echo "unit $(sha256sum <"$unit.new" | cut -d' ' -f1) $2" >>"$record.new"
  [ -L "$unit" ] || mv "$unit.new" "$unit"
  rm -f "$unit.new"
}

install_all() {
  ! has_package || fail "the package netctl is installed: upgrade that, or remove it with \"apt-get remove netctl\" and run this again"
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

  local before folder=$prefix/share/netctl made=() is_new=
  before=$(daemon)
  while [ ! -d "$folder" ]; do made+=("$folder"); folder=$(dirname "$folder"); done
  local needed; needed=$(du -sk "$tree" | cut -f1)
  [ "$(df -Pk "$folder" | awk 'NR==2 {print $4}')" -gt $((needed + 1024)) ] ||
    fail "less than $((needed / 1024 + 2)) MB is free where $folder is, and they are needed: free some, or take another --prefix"
  refuse_others "$tree"
  [ -e "$record" ] || is_new=yes
  mkdir -p "$prefix/share/netctl"
  # What an earlier installation has made is this one's, too.
  recorded | grep -E '^(folder|group)' | sort -u >"$record.next" || true
  [ ! -e "$record.new" ] || grep '^file ' "$record.new" >>"$record.next" || true
  mv "$record.next" "$record.new"
  for folder in "${made[@]}"; do echo "folder $folder" >>"$record.new"; done
  place "$tree"
  if has_systemd; then
    # A package that was removed has left its units masked.
    [ ! -e /var/lib/systemd/deb-systemd-helper-masked/netctl.service ] ||
      DPKG_MAINTSCRIPT_PACKAGE=netctl deb-systemd-helper unmask netctl.service netctl.socket >/dev/null
    place_unit "$tree" netctl.service
    place_unit "$tree" netctl.socket
  fi
  if ! getent group netctl >/dev/null; then
    groupadd --system netctl
    echo group >>"$record.new"
  fi
  # What an earlier version had and this one has not.
  local path
  if [ -e "$record" ]; then
    { grep '^file ' "$record" | grep -vxFf "$record.new" || true; } | while read -r _ path; do rm -f "$path"; done
  fi
  mv "$record.new" "$record"
  start "$before" "$is_new"
}

start() { # process of the daemon that ran before; whether nothing was installed before
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
  if [ -n "$1" ] && ! grep -q 'netctl\.service' "/proc/$1/cgroup"; then
    [ -z "$2" ] || systemctl --quiet enable netctl.socket netctl.service
    echo "$version is installed; the daemon, process $1, was started by hand: end it, then \"systemctl start netctl\"; containers go on"
    return
  fi
  # An administrator who has disabled or masked the units has done so for a reason.
  if [ -n "$2" ]; then
    systemctl --quiet enable netctl.socket netctl.service
  elif [ -z "$1" ] && ! systemctl --quiet is-enabled netctl.service; then
    echo "$version is installed; netctl.service is $(systemctl is-enabled netctl.service || true) and stays so"
    return
  fi
  # Containers go on meanwhile, and what Docker Engine asks waits in the socket.
  systemctl start netctl.socket
  systemctl restart netctl.service || fail "the daemon does not start: see \"journalctl -u netctl\""
  echo "$version is installed and runs"
}

if [ $action = install ]; then install_all; else uninstall; fi
