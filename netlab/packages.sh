#!/usr/bin/env bash
# Installs from the distribution what a set of programs needs and lacks, saying what and why first.
#   netlab/packages.sh build|run|demo|test|others ...
set -euo pipefail

# set  program or file               package          why
table='
build  cc                            gcc              links the native program
build  /usr/include/stdio.h          libc6-dev        links the native program
build  /usr/include/zlib.h           zlib1g-dev       links the native program
run    ip                            iproute2         looks at links, addresses and routes
run    iptables-restore              iptables         one of the two firewall backends
demo   busybox                       busybox          a small web server for the containers
demo   curl                          curl             fetches the page
test   iptables-restore              iptables         one of the two firewall backends
test   nft                           nftables         looks at the rules of the other
test   ip                            iproute2         looks at links, addresses and routes
test   dig                           dnsutils         asks the resolver
test   host                          bind9-host       asks the resolver, by another way
test   /usr/sbin/dnsmasq             dnsmasq-base     a name server of others, to forward to
test   ping                          iputils-ping     tests who reaches whom
test   tcpdump                       tcpdump          looks at packets
test   python3                       python3          plays servers and clients in tests
test   busybox                       busybox          a small web server for the containers
test   curl                          curl             fetches the page
test   nc                            netcat-openbsd   plays servers and clients in tests
test   strace                        strace           witnesses system calls
test   ps                            procps           looks at processes
test   conntrack                     conntrack        looks at tracked connections
test   unshare                       util-linux       makes the namespaces that tests run in
test   script                        bsdutils         gives a test a terminal
test   man                           man-db           formats the manual
others /usr/sbin/ufw                 ufw              a firewall of others, to live beside
others /usr/sbin/firewalld           firewalld        another
others dbus-daemon                   dbus             firewalld is asked by it
others docker                        docker.io        the client of Docker, to point at netctl
others zsh                           zsh              a shell of others, to complete command lines in
others fish                          fish             another
others /usr/sbin/dockerd             docker.io        Docker itself, to compare with; runs in namespaces of its own
others debootstrap                   debootstrap      makes a fresh Debian to install netctl on
others lintian                       lintian          checks the Debian package
others systemd-socket-activate       systemd          starts netctl by a connection, as its socket unit does
'

missing=()
while read -r set program package why; do
  [ -n "${set:-}" ] || continue
  case " $* " in *" $set "*) ;; *) continue ;; esac
  case $program in
    /*) [ -e "$program" ] && continue ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null && continue ;;
  esac
  case " ${missing[*]-} " in *" $package "*) continue ;; esac
  echo "missing: $package ($why)"
  missing+=("$package")
done <<<"$table"

[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "netlab: cannot install ${missing[*]}: this is not a Debian system; install them with its own package manager and run this again" >&2
  exit 1
fi
echo "installing from the distribution: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# Nothing that is installed starts to serve on this machine, a firewall least of all (policy-rc.d of invoke-rc.d(8)).
# A policy that the machine has is put back: it may let services start.
policy=/usr/sbin/policy-rc.d
trap 'rm -f "$log" $policy; [ ! -e $policy.before ] || mv $policy.before $policy' EXIT
[ ! -e $policy ] || mv $policy $policy.before
printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy
get() { apt-get install -y -q "${missing[@]}"; }
if ! { get || { apt-get update -q && get; }; } >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "netlab: apt-get could not install ${missing[*]}; see above" >&2
  exit 1
fi
