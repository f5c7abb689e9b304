# shellcheck shell=sh
# Sourced by retire and install.sh, and put into the package's preinst, postinst and postrm by deb/make.sh: where netctl has its files on a
# machine, and who else has installed or started it.
configuration=/etc/netctl/daemon.json

# A text of the daemon's configuration, wherever its lines are broken.
setting() { # key, its default
  found=
  [ ! -r $configuration ] ||
    found=$(tr -s '[:space:]' ' ' <$configuration | sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p' | sed 's:\\/:/:g')
  echo "${found:-$2}"
}

# A folder that the configuration names. A relative one is below /, where services start.
folder() { # key, its default
  named=$(setting "$1" "$2")
  case $named in /*) echo "$named" ;; *) echo "/$named" ;; esac
}

# The process that has locked a file of a daemon: it holds the lock as long as it lives. An id in a file that nobody has locked is of one
# that has ended, and may be another's by now. Where the file is empty, as on a full disk, the kernel knows the holder.
holder() { # the file
  [ -e "$1" ] || return 0
  ! flock --nonblock "$1" true || return 0
  holder=$(cat "$1")
  [ -n "$holder" ] ||
    holder=$(awk -v inode="$(stat -L -c %i "$1")" '
      $2 == "FLOCK" { split($6, at, ":"); if (at[3] == inode) { print $5; exit } }' /proc/locks)
  echo "$holder"
}

# The process of the daemon of a run-time folder.
daemon() { holder "$1/netctl.pid"; }

# The process of a daemon beside which the one of the configuration cannot start: of its folders, or of others in the same network.
rival() {
  for file in "$(folder exec-root /run/netctl)/netctl.pid" "$(folder data-root /var/lib/netctl)/netctl.pid" \
    "/run/netctl/locks/net-$(readlink /proc/self/ns/net | tr -dc 0-9).lock"; do
    rival=$(holder "$file")
    [ -z "$rival" ] || break
  done
  echo "$rival"
}

# The same, where it is not the service's: somebody has started it by hand.
rival_by_hand() {
  by_hand=$(rival)
  [ -z "$by_hand" ] || grep -qs 'netctl\.service' "/proc/$by_hand/cgroup" || echo "$by_hand"
}

# The prefix of an installation by install.sh, whole or broken off; nothing where there is none.
other_prefix() {
  other=$(sed -n 's:^ExecStart=\([^ ]*\)/bin/netctl.*:\1:p' /etc/systemd/system/netctl.service 2>/dev/null | head -n 1)
  for other in /usr/local "$other"; do
    [ -n "$other" ] || continue
    if [ -e "$other/share/netctl/installed" ] || [ -e "$other/share/netctl/installed.new" ]; then
      echo "$other"
      return
    fi
  done
}

# What "install.sh --uninstall --keep" has left is known by this file, which is among it, until another installation takes it over or it
# is removed: "group" where the group netctl was made by that installation.
kept=/var/lib/netctl/kept

# Takes away what is mounted below a folder, and then all that is in it.
empty_folder() {
  [ -d "$1" ] || return 0
  awk -v under="$(realpath -- "$1")/" 'index($2, under) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mount; do umount -l "$mount" || true; done
  find "$1/" -mindepth 1 -delete || true
}

# Takes away the folders of netctl. Each may be a link or a mount of the administrator's, which is emptied and, as far as it can be,
# removed. Those that the configuration names, such as /srv and /run, may have things of others in them: there, only netctl's own go.
clear_folders() {
  data=$(folder data-root /var/lib/netctl)
  run=$(folder exec-root /run/netctl)
  rm -rf "$data/netctl.pid" "$data"/netctl.db* "$run/retire"
  rm -f "$run/netctl.pid" "$run/netctl.sock" "$run/priors.json" "$run/last-commit" "$run"/mirror/copy.db* "$run/mirror/origin"
  [ ! -d "$data/logs" ] ||
    find "$data/logs/" -mindepth 1 -maxdepth 1 -regextype posix-extended -regex '.*/[0-9a-f]{64}' -exec rm -rf {} +
  for path in /var/lib/netctl /etc/netctl /run/netctl; do
    empty_folder $path
  done
  for path in "$data/logs" "$run/mirror" "$run/netns" "$run/containers" "$run/shims" "$data" "$run" \
    /var/lib/netctl /etc/netctl /run/netctl; do
    [ ! -d "$path" ] || rmdir "$path" 2>/dev/null || [ ! -L "$path" ] || [ -n "$(ls -A "$path")" ] || rm -f "$path"
  done
  # Folders that others may use as well, where nobody has anything there.
  rmdir /run/netns /run/docker/plugins /run/docker 2>/dev/null || true
}
