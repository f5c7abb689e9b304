#!/usr/bin/env bash
# Installs from the distribution what a set of programs needs and lacks, saying what and why first.
#   netlab/packages.sh build|run|demo|test|others|pack|vm|guest|box ...
#   netlab/packages.sh --list SET...     prints the packages of these sets, and installs nothing
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
test   ruby                          ruby             reads the Vagrantfile as Vagrant does
test   sqlite3                       sqlite3          looks into the store
test   script                        bsdutils         gives a test a terminal
others /usr/sbin/ufw                 ufw              a firewall of others, to live beside
others /usr/sbin/firewalld           firewalld        another
others dbus-daemon                   dbus             firewalld is asked by it
others docker                        docker.io        the client of Docker, to point at netctl
others zsh                           zsh              a shell of others, to complete command lines in
others fish                          fish             another
others /usr/sbin/dockerd             docker.io        Docker itself, to compare with; runs in namespaces of its own
others systemd-socket-activate       systemd          starts netctl by a connection, as its socket unit does
pack   debootstrap                   debootstrap      makes a fresh Debian to install netctl on
pack   lintian                       lintian          checks the Debian package
pack   man                           man-db           formats the manual
pack   dpkg-shlibdeps                dpkg-dev         finds what the Debian package depends on
vm     vagrant                       vagrant          brings virtual machines up
vm     /usr/share/vagrant-plugins/plugins.d/vagrant-libvirt.json vagrant-libvirt brings them up by libvirt
vm     /usr/sbin/libvirtd            libvirt-daemon-system libvirt, which runs the virtual machines
vm     virsh                         libvirt-clients  looks at them
vm     /usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_qemu.so libvirt-daemon-driver-qemu runs them by QEMU
vm     qemu-system-x86_64            qemu-system-x86  is the virtual machine, also where the processor cannot help
vm     qemu-img                      qemu-utils       makes their disks
vm     /usr/share/seabios/bios.bin   seabios          their firmware
vm     /usr/lib/ipxe/qemu/pxe-virtio.rom ipxe-qemu    the firmware of their network cards
vm     /usr/sbin/dnsmasq             dnsmasq-base     gives them addresses
vm     dbus-daemon                   dbus             libvirt is told of other programs by it
vm     ssh                           openssh-client   goes into them
vm     dpkg-shlibdeps                dpkg-dev         finds what the Debian package depends on
vm     rsync                         rsync            carries folders into them
vm     ip                            iproute2         looks at links, addresses and routes
vm     iptables-restore              iptables         libvirt makes rules for their networks by it
vm     nft                           nftables         looks at rules
guest  wg                            wireguard-tools  makes a tunnel between two virtual machines
guest  ipvsadm                       ipvsadm          puts a virtual service of the kernel before a container
box    debootstrap                   debootstrap      makes a Debian in a folder
box    mkfs.ext4                     e2fsprogs        makes the file system of the disk
box    sfdisk                        fdisk            makes the partition of the disk
box    qemu-img                      qemu-utils       makes the disk of a box
box    /usr/lib/grub/i386-pc/boot.img grub-pc-bin     the boot loader of the disk
box    grub-mkimage                  grub2-common     makes the boot loader
'

list=
[ "${1:-}" != --list ] || list=yes
missing=()
while read -r set program package why; do
  [ -n "${set:-}" ] || continue
  case " $* " in *" $set "*) ;; *) continue ;; esac
  case ${list:-$program} in
    yes) echo "$package"; continue ;;
    /*) [ -e "$program" ] && continue ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null && continue ;;
  esac
  case " ${missing[*]-} " in *" $package "*) continue ;; esac
  echo "missing: $package ($why)"
  missing+=("$package")
done <<<"$table"

# Nothing that is installed starts to serve on this machine, a firewall least of all (policy-rc.d of invoke-rc.d(8)).
# A policy that the machine has is put back: it may let services start. One of this script's own that nobody has locked is of a run that
# was killed, and goes.
policy=/usr/sbin/policy-rc.d
mark='# By netlab/packages.sh, while it installs.'
put_back() {
  rm -f $policy
  [ ! -e $policy.before ] || mv $policy.before $policy
}
if [ "$list" != yes ] && [ -w $policy ] && grep -qsxF "$mark" $policy && flock --nonblock $policy true; then put_back; fi

[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "netlab: cannot install ${missing[*]}: this is not a Debian system; install them with its own package manager and run this again" >&2
  exit 1
fi
echo "installing from the distribution: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"; put_back' EXIT
if [ -e $policy ] && ! grep -qxF "$mark" $policy; then mv $policy $policy.before; fi
printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >$policy && chmod +x $policy
exec 6<$policy
flock --nonblock 6 || true
# Virtual machines are installed without what their packages recommend: a desktop's viewer, and firmware of many kinds.
recommends=()
case " $* " in *' vm '* | *' box '*) recommends=(--no-install-recommends) ;; esac
get() { apt-get install -y -q "${recommends[@]}" "${missing[@]}"; }
if ! { get || { apt-get update -q && get; }; } >"$log" 2>&1 </dev/null 6<&-; then
  tail -n 20 "$log" >&2
  echo "netlab: apt-get could not install ${missing[*]}; see above" >&2
  exit 1
fi
