#!/bin/sh
# Runs in a virtual machine as root: installs Docker Engine and netctl, and fetches only what is not there.
set -eu
export DEBIAN_FRONTEND=noninteractive
packages=
need() { # program, package
  command -v "$1" >/dev/null || [ -e "$1" ] || packages="$packages $2"
}
need dockerd docker.io
need apparmor_parser apparmor
need iptables iptables
need nft nftables
need busybox busybox
need curl curl
need dig dnsutils
need dnsmasq dnsmasq-base
need ping iputils-ping
need tcpdump tcpdump
need python3 python3
need nc netcat-openbsd
need strace strace
need conntrack conntrack
need sysctl procps
need dbus-daemon dbus
need wg wireguard-tools
need ipvsadm ipvsadm
if [ -n "$packages" ]; then
  echo "netlab: fetching what the box has not:$packages"
  apt-get update -q
  # shellcheck disable=SC2086
  apt-get install -y -q --no-install-recommends $packages
fi

# ufw and firewalld belong to labs, which start them on hosts of their own: where the box has none, lab 15 says what is missing.
if ! dpkg -i /tmp/netctl.deb; then
  echo "netlab: fetching what netctl needs and the box has not"
  apt-get update -q
  apt-get install -y -q --fix-broken --no-install-recommends
fi
rm -f /tmp/netctl.deb
systemctl enable --now netctl.socket netctl.service docker.service
netctl version >/dev/null
