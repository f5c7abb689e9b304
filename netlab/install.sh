#!/usr/bin/env bash
# Installs netctl on this machine, or removes it again.
#   netlab/install.sh                     compiles it, and installs below /usr/local: the program, units, completions, manual, labs
#   netlab/install.sh --prefix DIR        below another folder
#   netlab/install.sh --uninstall         ends all that netctl runs, and removes all that it and this script have made and its configuration
#   netlab/install.sh --uninstall --keep  leaves the definitions of networks and containers, the configuration and the group netctl, until
#                                         they are removed by --uninstall, with or without another installation in between
# In the tarball it is beside what is to be installed, and compiles nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
unset NETCTL_HOST
umask 022

fail() { echo "netlab: $*" >&2; exit 1; }

prefix=/usr/local action=install keep=
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -gt 1 ] || fail "--prefix needs a folder: give one, such as --prefix /opt/netctl"; prefix=$2; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --uninstall) action=uninstall ;;
    --keep) keep=yes ;;
    *) fail "unknown argument $1; usage: netlab/install.sh [--prefix DIR] [--uninstall [--keep]]" ;;
  esac
  shift
done
[ $action = uninstall ] || [ -z "$keep" ] || fail "--keep is about a removal: give --uninstall too, or leave it out"
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

# What ends netctl, and knows its folders: of the tarball, of the clone, or of the installation.
for house in "$here/lib/netctl" "$here/../packaging" "$prefix/lib/netctl" ''; do
  [ ! -e "$house/folders.sh" ] || break
done
[ -n "$house" ] || fail "the files of $0 are not beside it: run it in the clone or in the folder that the tarball was unpacked to"
# shellcheck source=packaging/folders.sh
. "$house/folders.sh"

has_package() {
  command -v dpkg-query >/dev/null && dpkg-query -W -f '${db:Status-Status}' netctl 2>/dev/null | grep -qx installed
}

# Ends what netctl runs and empties the kernel, by the installed program, or by the one that is here where that is missing or does not run.
retire() {
  local program retire=$house/retire
  [ -e "$retire" ] || retire=$house/retire.sh
  for program in "$prefix/lib/netctl/netctl" "$here/lib/netctl/netctl" "$here/../artifacts/published/netctl" ''; do
    ! "$program" --version >/dev/null 2>&1 || break
  done
  sh "$retire" "${program:-$prefix/lib/netctl/netctl}" || exit 1
}

# Notes what is kept, beside it.
keep_record() {
  (umask 077 && mkdir -p "$(dirname "$kept")" && { recorded | grep -x group || true; } >"$kept.new" && mv "$kept.new" "$kept") ||
    fail "$kept cannot be written, by which what is kept can be removed later: make room there, and try again; nothing was removed"
}

# Removes definitions, configuration and, where it is recorded as made, the group.
clear_state() { # a record
  clear_folders
  ! grep -qx group <<<"$1" || groupdel netctl 2>/dev/null || true
}

# What --keep has left, where nobody else has taken it over.
uninstall_kept() {
  local other made run; other=$(other_prefix) made=$(cat "$kept") run=$(folder exec-root /run/netctl)
  ! has_package ||
    fail "there is no installation below $prefix, and what an earlier one kept is the package's now: \"apt-get purge netctl\" removes it"
  [ -z "$other" ] ||
    fail "there is no installation below $prefix, and what an earlier one kept is used by that below $other: give --prefix $other"
  # A daemon may have been started since, and have been killed.
  [ -z "$(daemon "$run")" ] && [ ! -d "$run/mirror" ] && [ -z "$(ls -A "$run/shims" 2>/dev/null)" ] || retire
  clear_state "$made"
  echo "what was kept of netctl is removed"
}

uninstall() {
  if [ -z "$(recorded)" ] && [ -z "$keep" ] && [ -e "$kept" ]; then
    uninstall_kept
    return
  fi
  [ -n "$(recorded)" ] || fail "there is no installation below $prefix: name its folder with --prefix (a package is removed by its manager)"
  local kind path folders has_units='' stays='' said="netctl is removed" enabled=()
  ! has_systemd || ! grep -qxF "file $units/netctl.service" <(recorded) || has_units=yes
  if has_package; then
    # The package has the same state, and its daemon goes on with that.
    stays=package
    said="the installation below $prefix is removed; the package netctl stays, and has all that was defined"
  else
    if [ -n "$keep" ]; then
      stays=definitions
      said="$said; definitions of networks and containers stay in $(folder data-root /var/lib/netctl) until \"install.sh --uninstall\""
      keep_record
    fi
    retire
  fi
  if [ -n "$has_units" ]; then
    for path in netctl.service netctl.socket; do
      ! systemctl --quiet is-enabled $path 2>/dev/null || enabled+=("$path")
    done
    [ "$stays" = package ] || systemctl stop netctl.service netctl.socket 2>/dev/null || true
    systemctl disable netctl.service netctl.socket >/dev/null 2>&1 || true
  fi
  [ -n "$stays" ] || clear_state "$(recorded)"
  # Files first, then the folders that this script has made and that nobody else has put anything into, the deepest first.
  while read -r kind path; do
    [ "$kind" != file ] || rm -f "$path" "$path.netctl-new"
  done < <(recorded)
  folders=$(recorded | sed -n 's/^folder //p' | sort -ur)
  rm -f "$record" "$record.new"
  while read -r path; do
    [ -z "$path" ] || rmdir "$path" 2>/dev/null || true
  done <<<"$folders"
  ! has_systemd || systemctl daemon-reload
  if [ "$stays" = package ] && [ -n "$has_units" ]; then
    [ ${#enabled[@]} -eq 0 ] || systemctl --quiet enable "${enabled[@]}"
    systemctl try-restart netctl.service || fail "the daemon of the package does not start: see \"journalctl -u netctl\""
  fi
  echo "$said"
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

digest() { sha256sum | cut -d' ' -f1; }

# The service as it was when installations did not note yet what they placed, for the prefix /usr.
earlier_unit=aed25e3411b61bac6997431afbfe7f440464cbb61a511fc38354cf48f9ff1f90

# Whether a unit is as this script has placed it, now or at any time before.
is_own_unit() { # its name, the digest of what is to be placed
  local present; present=$(digest <"$units/$1")
  [ "$present" != "$2" ] || return 0
  ! grep -qxF "unit $present $1" <(recorded) || return 0
  [ "$(sed "s:^ExecStart=$prefix/bin/netctl:ExecStart=/usr/bin/netctl:" "$units/$1" | digest)" = $earlier_unit ]
}

# A unit of this installation. One that was edited stays as it is until its own text is put back or it is deleted.
place_unit() { # the tree, the unit's name
  local unit=$units/$2 text placed
  text=$(sed "s:^ExecStart=.*/bin/netctl:ExecStart=$prefix/bin/netctl:" "$1/lib/systemd/system/$2")
  placed=$(digest <<<"$text")
  echo "file $unit" >>"$record.new"
  if [ -f "$unit" ] && ! is_own_unit "$2" "$placed"; then
    echo "$unit was edited and stays as it is"
  elif [ ! -L "$unit" ]; then
    echo "$text" >"$unit.new"
    chmod 644 "$unit.new"
    mv "$unit.new" "$unit"
  fi
  echo "unit $placed $2" >>"$record.new"
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
  before=$(rival)
  while [ ! -d "$folder" ]; do made+=("$folder"); folder=$(dirname "$folder"); done
  local needed; needed=$(du -sk "$tree" | cut -f1)
  [ "$(df -Pk "$folder" | awk 'NR==2 {print $4}')" -gt $((needed + 1024)) ] ||
    fail "less than $((needed / 1024 + 2)) MB is free where $folder is, and they are needed: free some, or take another --prefix"
  refuse_others "$tree"
  [ -e "$record" ] || is_new=yes
  mkdir -p "$prefix/share/netctl"
  # What an earlier installation has made is this one's, too.
  { recorded; cat "$kept" 2>/dev/null || true; } | grep -E '^(folder|group|unit)' | sort -u >"$record.next" || true
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
  rm -f "$kept"
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
