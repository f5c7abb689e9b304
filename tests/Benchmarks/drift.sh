#!/usr/bin/env bash
# How soon the daemon puts back what somebody else changes or removes, on one throw-away host: each fault is made, and looked at every 20 ms
# with standard tools until it is gone. Prints milliseconds, and the ratio to what "netctl doctor" takes for a look without a fault.
#   tests/Benchmarks/drift.sh     as root; NETCTL_BINARY names netctl, else netlab/build.sh makes it; curl, nft
set -euo pipefail
# shellcheck source=tests/Benchmarks/host.sh
. "$(dirname "${BASH_SOURCE[0]}")/host.sh"

start
netctl network create --ipv6 -o com.docker.network.bridge.name=br-front front >/dev/null
inside() { nsenter --net -t "$(netctl inspect -f '{{.State.Pid}}' web)" "$@"; }
port() { ip -br link show master br-front | sed 's/@.*//'; }
own() { "$@" ip -4 -br address show "$link" | awk '{ print $3 }'; }

# A container for each fault: what is changed again and again is put back three times a minute, and then left.
container() {
  netctl rm -f web >/dev/null 2>&1
  netctl run -d --name web --network front -p 8080:80 sleep 100000 >/dev/null
  sleep 1
}

container
netctl doctor >/dev/null # once before, so that all that it needs has been read
began=$(now)
netctl doctor >/dev/null
look=$(since "$began")
printf '%-34s %5s ms\n' 'a look by netctl doctor' "$look"

fault() { # its name, how it is made, what holds when it is gone
  local began took
  container
  eval "$2"
  began=$(now)
  for ((i = 0; i < 500; i++)); do
    if eval "$3" >/dev/null 2>&1; then
      took=$(since "$began")
      printf '%-34s %5s ms  %s\n' "$1" "$took" "$(ratio "$took" "$look")"
      return
    fi
    sleep 0.02
  done
  echo "$1: not put back in ten seconds" >&2
  exit 1
}

fault 'host end of a link set down' 'ip link set "$(port)" down' 'ip -br link show master br-front | grep -qw UP'
fault 'link taken off its bridge' 'ip link set "$(port)" nomaster' '[ -n "$(port)" ]'
fault 'link deleted' 'ip link delete "$(port)"' '[ -n "$(port)" ] && [ -n "$(link=eth0 own inside)" ]'
fault 'link renamed' 'name=$(port); ip link set "$name" down name foreign && ip link set foreign up' '[ "$(port)" = "$name" ]'
fault 'address removed in a container' 'inside ip -4 address flush dev eth0' '[ -n "$(link=eth0 own inside)" ]'
fault 'routes flushed in a container' 'inside ip route flush table main' 'inside ip route | grep -q default'
fault 'bridge set down' 'ip link set br-front down' 'ip -br link show br-front | grep -qw UP'
fault "bridge's address removed" 'ip -4 address flush dev br-front' '[ -n "$(link=br-front own env)" ]'
fault 'rules flushed' 'nft flush ruleset' 'nft list ruleset | grep -q 8080'
fault 'forwarding turned off' 'sysctl -qw net.ipv4.ip_forward=0' '[ "$(sysctl -n net.ipv4.ip_forward)" = 1 ]'
fault 'hosts file removed' 'file=$(netctl inspect -f "{{.HostsPath}}" web); rm "$file"' '[ -s "$file" ]'
