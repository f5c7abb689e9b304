#!/usr/bin/env bash
# Makes the folder of which "docker plugin create" makes a managed plug-in of Docker Engine: config.json and rootfs/.
#   packaging/docker-plugin/make.sh DIR      DIR must not exist, or be empty
# The native netctl is built when it is missing or old; NETCTL_BINARY names another one.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ $# -eq 1 ] || { echo "usage: packaging/docker-plugin/make.sh DIR" >&2; exit 1; }
out=$1
if [ -e "$out" ] && [ -n "$(ls -A "$out" 2>/dev/null || echo not-a-folder)" ]; then
  echo "docker-plugin: $out is there and not an empty folder; name another one, or remove it" >&2
  exit 1
fi
netctl=${NETCTL_BINARY:-$("$here/../../netlab/build.sh")}
[ -x "$netctl" ] || { echo "docker-plugin: there is no program $netctl; netlab/build.sh makes it" >&2; exit 1; }
bin=$(dirname "$(readlink -f "$netctl")") # an installed one is a link

root=$out/rootfs
mkdir -p "$root"/{usr/bin,etc,proc,sys,dev,tmp,run/{docker/plugins,netctl},var/lib/netctl}
cp "$bin/netctl" "$bin/netctl-shim" "$bin"/*.so "$root/usr/bin/"
cp "$here/start" "$root/usr/bin/start"
# What start needs; and mount, since the Engine gives a plug-in /proc/sys to read only.
for program in sh mount; do
  cp -L "$(command -v "$program")" "$root/usr/bin/$program"
done
ln -s usr/bin "$root/bin"

# Docker drops what it does not know in iptables' chain FORWARD, so netctl's rules have to be there too. All of iptables is one program.
xtables=$(readlink -f "$(command -v iptables-restore || true)")
extensions=$(find /usr/lib -type d -name xtables | head -n 1)
if [ ! -x "$xtables" ] || [ -z "$extensions" ]; then
  echo "docker-plugin: there is no iptables here; install it (the package iptables)" >&2
  exit 1
fi
cp "$xtables" "$root/usr/bin/"
for program in {iptables,ip6tables}{,-save,-restore}; do
  ln -s "$(basename "$xtables")" "$root/usr/bin/$program"
done
mkdir -p "$root$extensions"
cp -L "$extensions"/*.so "$root$extensions/"

# The .NET runtime loads OpenSSL by name when it hashes something, so ldd does not show it.
ssl=$(ldconfig -p | sed -n 's/^[[:space:]]*libssl\.so\.[0-9.]* .* => //p' | sort | tail -n 1)
[ -n "$ssl" ] || { echo "docker-plugin: there is no libssl here; install OpenSSL (libssl3)" >&2; exit 1; }
mkdir -p "$root$(dirname "$ssl")"
cp -L "$ssl" "$root$ssl"

# The shared libraries of all of these, at the paths where the loader looks for them, and the loader itself.
for file in "$root"/usr/bin/* "$root$extensions"/*.so "$ssl"; do
  { ldd "$file" 2>/dev/null || true; } | grep -o '/[^ ]*' || true
done | sort -u | while read -r library; do
  case $library in "$bin"/* | "$root"/*) continue ;; esac
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

cp "$here/config.json" "$out/config.json"
echo "made $out ($(du -sh "$out" | cut -f1)); install it with: docker plugin create netctl $out && docker plugin enable netctl" >&2
