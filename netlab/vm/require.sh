# shellcheck shell=bash
# Sourced. What virtual machines ask of the machine, one sentence each.
require_root() {
  [ "$(uname -s)" = Linux ] || { echo "netlab: this is $(uname -s); the virtual machines are made on Linux: run it there" >&2; exit 1; }
  [ "$(id -u)" -eq 0 ] || { echo "netlab: not root; libvirt and debootstrap need it: run sudo $0" >&2; exit 1; }
}

# Whatever is missing is installed by apt-get.
require_debian() {
  command -v apt-get >/dev/null && return
  echo "netlab: this is not a Debian system, so that nothing can be installed by apt-get: run $0 on Debian 12, or use a box of others" \
    "(docs/vagrant.md)" >&2
  exit 1
}

require_disk() { # folder, gibibytes, another remedy
  local free
  free=$(($(df --output=avail -k "$1" | tail -n 1) / 1048576))
  [ "$free" -ge "$2" ] && return
  echo "netlab: $1 has $free GiB free and $2 are needed: ${3:-make room, or use a clone on another disk}" >&2
  exit 1
}

require_memory() { # mebibytes, what for
  local free
  free=$(($(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo) / 1024))
  [ "$free" -ge "$1" ] && return
  echo "netlab: $free MiB of memory are available and $1 are needed for ${2:-two virtual machines}: end other programs" >&2
  exit 1
}

require_vagrant() { # what "vagrant --version" says
  local number=${1##* }
  [ "$(printf '%s\n' 2.3.4 "$number" | sort -V | head -n 1)" = 2.3.4 ] && return
  echo "netlab: Vagrant $number is too old; 2.3.4 or later is needed: install it from Debian 12 or from its makers" >&2
  exit 1
}
