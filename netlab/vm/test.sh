#!/usr/bin/env bash
# Tries netctl in virtual machines, from nothing: packages, a box, two machines, networks that the build machine's kernel may lack, two
# hosts, a reboot, labs; and leaves nothing but what artifacts/vm has for the next time.
#   netlab/vm/test.sh
#   NETLAB_VM=all       every lab, not three
#   NETLAB_VM_DRIVER    kvm or qemu; qemu when it is not set, which needs no support of the processor
#   NETLAB_BOX          the file of another box instead of one that is made here
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=netlab/vm/require.sh
. "$here/require.sh"
# shellcheck source=netlab/vm/steps.sh
. "$here/steps.sh"
export PATH=$PATH:/usr/sbin:/sbin
vm=$root/artifacts/vm

case ${1:-} in
  '' | --alone | --inside) ;;
  *) echo "netlab: unknown argument $1; usage: netlab/vm/test.sh" >&2; exit 1 ;;
esac

# What is wrong is said before anything is made.
if [ -z "${1:-}" ]; then
  require_root
  require_debian
  case ${NETLAB_VM_DRIVER:=qemu} in
    kvm | qemu) ;;
    *) echo "netlab: NETLAB_VM_DRIVER is \"$NETLAB_VM_DRIVER\"; it is either kvm or qemu" >&2; exit 1 ;;
  esac
  if [ "$NETLAB_VM_DRIVER" = kvm ] && [ ! -w /dev/kvm ]; then
    echo "netlab: NETLAB_VM_DRIVER is kvm and /dev/kvm cannot be written to: enable virtualization, or use qemu" >&2
    exit 1
  fi
  # A box that only has a name would have to be fetched, which the machines' private network does not let.
  if [ -n "${NETLAB_BOX:-}" ]; then
    [ -f "$NETLAB_BOX" ] || {
      echo "netlab: the box $NETLAB_BOX is not a file: make one with netlab/vm/make-box.sh, or unset NETLAB_BOX" >&2
      exit 1
    }
    NETLAB_BOX=$(realpath "$NETLAB_BOX")
    export NETLAB_BOX
  fi
  cd "$root"
  mkdir -p "$vm"
  exec 8>"$vm/lock"
  flock -n 8 || { echo "netlab: another netlab/vm/test.sh runs in this clone: wait until that has ended" >&2; exit 1; }
  require_disk "$vm" 8
  require_memory 4096
  if command -v vagrant >/dev/null; then require_vagrant "$(vagrant --version)"; fi
  export NETLAB_VM_DRIVER
  rm -rf "$vm/log" && mkdir -p "$vm/log"

  # Here and not in what is killed below: apt is to end what it has begun, and the machine's policy of services is to be put back.
  step "packages of Debian" "$root/netlab/packages.sh" build vm box
  require_vagrant "$(vagrant --version)"

  # Everything else is ended with this shell, whatever ends it: unshare(1), which takes no notice of SIGTERM, with it, and the processes
  # of the namespace with unshare.
  status=0
  NETLAB_BEGAN=$BEGAN NETLAB_STEP=$NUMBER setpriv --pdeathsig KILL \
    unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- "$here/test.sh" --alone || status=$?
  exit $status
fi

NUMBER=${NETLAB_STEP:-0}
BEGAN=${NETLAB_BEGAN:-$BEGAN}
if [ "$1" = --alone ]; then
  cd "$root"
  package_and_box() { # beside each other: the one compiles, the other unpacks
    packaging/deb/make.sh &
    local package=$!
    netlab/vm/make-box.sh "$NETLAB_BOX"
    wait $package
  }
  if [ -z "${NETLAB_BOX:-}" ]; then
    digest=$(cat "$here/make-box.sh" "$root/netlab/packages.sh" | sha256sum | cut -c1-16)
    NETLAB_BOX=$vm/debian-$digest.box
    if [ -e "$NETLAB_BOX" ]; then
      echo "the box is there already: ${NETLAB_BOX#"$root"/}"
      step "netctl's own package" packaging/deb/make.sh
    else
      rm -f "$vm"/debian-*.box
      step "netctl's own package, and a box from Debian's packages" package_and_box
    fi
  else
    step "netctl's own package" packaging/deb/make.sh
  fi
  export NETLAB_BOX
  status=0
  NETLAB_STEP=$NUMBER "$here/private.sh" "$here/test.sh" --inside 8>&- || status=$?
  rm -rf "$vm/state"
  grep -E '^(ok|FAILED) ' "$vm"/log/*labs*.log || true
  total
  exit $status
fi

export NETLAB_VM_CONSOLES=$vm/log
ON_FAILURE=consoles
consoles() {
  local name
  for name in host1 host2; do
    [ -s "$vm/log/$name.log" ] || continue
    echo "--- the console of $name"
    tail -n 15 "$vm/log/$name.log"
  done
}

add_box() { vagrant box add --force --provider libvirt --name netlab-debian "$NETLAB_BOX"; }
up() {
  vagrant up
  vagrant ssh-config >"$vm/state/ssh"
  vagrant ssh host1 --command uptime
}
# Runs standard input as root on a machine, by bash; helpers.sh comes first.
on() {
  cat "$here/helpers.sh" - | ssh -F "$vm/state/ssh" -o LogLevel=ERROR -o ConnectTimeout=20 -o ServerAliveInterval=20 "$1" \
    "sudo bash -c 'bash -c \"\$(cat)\" </dev/null'"
}
checks() { # machine, file
  on "$1" <"$here/checks/$2.sh"
}
across() {
  checks host1 publish && checks host2 publish && checks host1 ask && checks host2 ask
}
ipvlan() {
  checks host1 ipvlan && checks host2 ipvlan-peer && checks host1 ipvlan-across && ipvlan_page
}
# What the page about ipvlan tells to type, which its own test leaves out on a kernel without ipvlan.
ipvlan_page() {
  local page=docs/how-to/macvlan-and-ipvlan.md
  { cat "$here/checks/ipvlan-page-before.sh"
    awk '/^```sh kernel=ipvlan$/ { on = 1; next } /^```/ { on = 0 } on' "$page"
    cat "$here/checks/ipvlan-page-after.sh"
  } | on host1
}
tunnels() {
  local keys
  mapfile -t keys < <(checks host1 tunnel-keys)
  { printf 'PRIVATE=%s PUBLIC=%s\n' "${keys[0]}" "${keys[3]}"; cat "$here/checks/tunnels.sh"; } | on host1
  { printf 'PRIVATE=%s PUBLIC=%s\n' "${keys[2]}" "${keys[1]}"; cat "$here/checks/tunnels.sh"; } | on host2
  checks host2 ask-tunnels && checks host1 no-tunnels && checks host2 no-tunnels
}
reboot_host() {
  local before until=$((SECONDS + 240))
  before=$(echo 'cat /proc/sys/kernel/random/boot_id' | on host1)
  echo 'systemctl reboot' | on host1 || true
  until [ "$(echo 'cat /proc/sys/kernel/random/boot_id' | on host1 2>/dev/null || echo "$before")" != "$before" ]; do
    [ $SECONDS -lt $until ] || { echo "host1 did not come back"; return 1; }
    sleep 1
  done
}
netctl() { "$NETCTL" "$@"; }
labs() {
  if [ "${NETLAB_VM:-}" = all ]; then
    netctl lab run --vm all
  else
    netctl lab run --vm 02 04 10
  fi
}

NETCTL=${NETCTL_BINARY:-$root/artifacts/published/netctl}
step "vagrant box add" add_box
NETLAB_BOX=netlab-debian
step "vagrant up" up
step "the kernel, the units, a container's process" checks host1 system
step "ipvlan" ipvlan
step "ports of two hosts" across
step "WireGuard, ESP and IPVS beside netctl" tunnels
step "Docker Engine, and what is to outlive a reboot" checks host1 engine
step "a reboot of host1" reboot_host
step "everything is back" checks host1 after-reboot
step "its ports, from host2" checks host2 ask-rebooted
step "labs in host1" labs
step "vagrant destroy" vagrant destroy -f
