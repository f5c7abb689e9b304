#!/usr/bin/env bash
# Runs a command beside a libvirtd of its own, so that Vagrant works in it and nothing of the machine's network is touched.
#   netlab/vm/private.sh COMMAND [ARGUMENT...]
# Namespaces of its own for the network, mounts and processes: with the command all machines end that it has brought up. Everything is
# kept below artifacts/vm/state, boxes too; the folder can be removed when no command runs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=netlab/vm/require.sh
. "$here/require.sh"
export PATH=$PATH:/usr/sbin:/sbin
state=$root/artifacts/vm/state

if [ "${1:-}" != --inside ]; then
  [ $# -gt 0 ] || { echo "netlab: no command; usage: netlab/vm/private.sh COMMAND [ARGUMENT...]" >&2; exit 1; }
  require_root
  "$root/netlab/packages.sh" vm
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock -n 9 || { echo "netlab: $state is in use by another netlab/vm/private.sh: wait until that has ended" >&2; exit 1; }
  # unshare(1) takes no notice of SIGTERM: it is ended with this shell, and all that is in the namespaces with it.
  status=0
  setpriv --pdeathsig KILL unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private -- \
    "$here/private.sh" --inside "$@" || status=$?
  exit $status
fi
shift

# libvirt must neither see the machine's links nor its cgroups, nor write below /etc, /var and /run.
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /sys/fs/cgroup
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/lock
ip link set lo up
rm -rf "$state/etc"
cp -a /etc/libvirt "$state/etc"
mkdir -p "$state/lib/images" "$state/lib/dnsmasq" "$state/log" "$state/cache" /var/cache/libvirt
mount --bind "$state/etc" /etc/libvirt
mount --bind "$state/lib" /var/lib/libvirt
mount --bind "$state/log" /var/log/libvirt
mount --bind "$state/cache" /var/cache/libvirt
cat >/etc/libvirt/qemu.conf <<'TXT'
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
remember_owner = 0
stdio_handler = "file"
TXT
printf 'auth_unix_rw = "none"\nunix_sock_rw_perms = "0777"\n' >/etc/libvirt/libvirtd.conf

dbus-daemon --system --fork --nopidfile
libvirtd -d 9>&- >"$state/log/libvirtd.out" 2>&1 || {
  cat "$state/log/libvirtd.out" >&2
  echo "netlab: libvirtd did not start; see above" >&2
  exit 1
}

export VAGRANT_HOME=$state/vagrant VAGRANT_DOTFILE_PATH=$state/machines VAGRANT_DEFAULT_PROVIDER=libvirt VAGRANT_CHECKPOINT_DISABLE=1
unset LIBVIRT_DEFAULT_URI
status=0
"$@" 9>&- || status=$?
# What the command has not destroyed is gone with this process, and is forgotten.
rm -rf "$state/machines" "$state/lib" "$state/etc" 2>/dev/null || true
exit $status
