#!/usr/bin/env bash
# Makes a box for Vagrant's provider libvirt from Debian packages alone: Debian 12 with its own kernel, and all that provisioning, labs and
# tests ask for, so that its machines fetch nothing.
#   netlab/vm/make-box.sh [FILE.box]       artifacts/vm/debian.box when none is named
# The packages come from where the machine's own apt gets them, by debootstrap; its proxy is used too.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=netlab/vm/require.sh
. "$here/require.sh"
export PATH=$PATH:/usr/sbin:/sbin

suite=bookworm
size=10240          # the disk as its machine sees it, in MiB; on the host it takes what is written
filesystem=5f6e7463-746c-4e65-a1ab-626f6f740001
box=${1:-$root/artifacts/vm/debian.box}

case $box in
  --inside) ;;
  -*) echo "netlab: unknown argument $box; usage: netlab/vm/make-box.sh [FILE.box]" >&2; exit 1 ;;
  *)
    require_root
    require_debian
    mkdir -p "$(dirname "$box")"
    box=$(cd "$(dirname "$box")" && pwd)/$(basename "$box")
    # The work is done in this clone: the folder that the user has named gets nothing but the box.
    mkdir -p "$root/artifacts/vm"
    require_disk "$root/artifacts/vm" 6
    require_disk "$(dirname "$box")" 2
    exec 7>"$root/artifacts/vm/make-box.lock"
    flock -n 7 || { echo "netlab: another netlab/vm/make-box.sh makes a box in this clone: wait until that has ended" >&2; exit 1; }
    rm -rf "$root"/artifacts/vm/make-box-work.?????? # of one that was killed
    "$root/netlab/packages.sh" box vm
    # What debootstrap mounts is seen by this script alone, and what it leaves running ends with it. unshare(1) takes no notice of SIGTERM:
    # it is ended with this shell.
    status=0
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --propagation private -- "$here/make-box.sh" --inside "$box" ||
      status=$?
    rm -rf "$root"/artifacts/vm/make-box-work.??????
    exit $status
    ;;
esac
box=$2

work=$(mktemp -d "$root/artifacts/vm/make-box-work.XXXXXX")
trap 'umount -R "$work/debian/proc" "$work/debian/sys" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
debian=$work/debian log=$work/log
began=$SECONDS
fail() {
  tail -n 30 "$log" >&2
  [ ! -e "$debian/debootstrap/debootstrap.log" ] || tail -n 30 "$debian/debootstrap/debootstrap.log" >&2
  echo "netlab: $*" >&2
  exit 1
}

# The first source of this Debian in the machine's lists; debootstrap has one of its own where there is none.
mirror=$(apt-get indextargets --format '$(CODENAME) $(ORIGIN) $(SITE)' 'Created-By: Packages' 2>/dev/null |
  awk -v suite=$suite '$1 == suite && $2 == "Debian" { print $3; exit }')
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"
case $proxy in '' | DIRECT) ;; *) export http_proxy=$proxy ;; esac

# libpam-systemd is what polkitd, a part of firewalld, takes for a logind; debootstrap does not find that out.
packages=(linux-image-amd64 initramfs-tools zstd systemd systemd-sysv udev dbus libpam-systemd kmod openssh-server sudo rsync adduser
  ca-certificates apparmor)
mapfile -t -O ${#packages[@]} packages < <("$root/netlab/packages.sh" --list run demo test others guest |
  grep -vx -e zsh -e fish | sort -u)

# Read when packages are configured: an initrd of what this disk needs, half as long to load; no service starts in the folder; and what is
# thrown away when it fails need not be on the disk after each file.
mkdir -p "$debian/etc/initramfs-tools/conf.d" "$debian/usr/sbin" "$debian/etc/dpkg/dpkg.cfg.d"
echo force-unsafe-io >"$debian/etc/dpkg/dpkg.cfg.d/unsafe-io"
echo MODULES=list >"$debian/etc/initramfs-tools/conf.d/netlab"
printf '%s\n' virtio_pci virtio_blk virtio_scsi sd_mod ahci ata_piix ext4 >"$debian/etc/initramfs-tools/modules"
printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d"
chmod +x "$debian/usr/sbin/policy-rc.d"

echo "Debian $suite from packages (${#packages[@]} and what they need) ..."
mkdir -p "$root/artifacts/vm/packages"
debootstrap --variant=minbase --cache-dir="$root/artifacts/vm/packages" --include="$(IFS=,; echo "${packages[*]}")" \
  $suite "$debian" ${mirror:+"$mirror"} >"$log" 2>&1 ||
  fail "Debian could not be put together; see above"
inside() {
  chroot "$debian" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C "$@" >>"$log" 2>&1 ||
    fail "$1 failed in the folder of the new Debian; see above"
}

echo "settings ..."
rm -f "$debian/usr/sbin/policy-rc.d" "$debian/etc/dpkg/dpkg.cfg.d/unsafe-io"
rm -f "$debian"/var/cache/apt/archives/*.deb "$debian"/var/cache/apt/*.bin "$debian"/var/lib/apt/lists/*_* "$debian"/etc/ssh/ssh_host_*
echo debian >"$debian/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 debian\n::1 localhost ip6-localhost ip6-loopback\n' >"$debian/etc/hosts"
echo "UUID=$filesystem / ext4 errors=remount-ro 0 1" >"$debian/etc/fstab"
# Machines of one box are different machines: an ID of their own, made at the first boot, and leases by the network card's address.
: >"$debian/etc/machine-id"
cat >"$debian/etc/systemd/network/80-first.network" <<'TXT'
[Match]
Name=eth0

[Network]
DHCP=ipv4

[DHCPv4]
ClientIdentifier=mac
TXT
# libvirt's name server of the network that Vagrant goes in by.
echo 'nameserver 192.168.121.1' >"$debian/etc/resolv.conf"
mkdir -p "$debian/etc/systemd/system/ssh.service.d" "$debian/etc/systemd/journald.conf.d"
cat >"$debian/etc/systemd/system/ssh.service.d/keys.conf" <<'TXT'
[Service]
ExecStartPre=
ExecStartPre=/bin/sh -c 'cd /etc/ssh && test -e ssh_host_ecdsa_key || ssh-keygen -q -t ecdsa -N "" -f ssh_host_ecdsa_key'
ExecStartPre=/bin/sh -c 'cd /etc/ssh && test -e ssh_host_ed25519_key || ssh-keygen -q -t ed25519 -N "" -f ssh_host_ed25519_key'
ExecStartPre=/usr/sbin/sshd -t
TXT
printf '[Journal]\nStorage=persistent\n' >"$debian/etc/systemd/journald.conf.d/netlab.conf"
echo 'UseDNS no' >"$debian/etc/ssh/sshd_config.d/netlab.conf"

inside systemctl enable systemd-networkd.service
# Firewalls are there for labs, which start them on hosts of their own.
inside systemctl disable firewalld.service ufw.service
inside systemctl mask systemd-logind.service systemd-networkd-wait-online.service getty@tty1.service modprobe@dm_mod.service \
  modprobe@fuse.service modprobe@loop.service apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer
# Without a logind, which takes seconds of each boot and of each session.
sed -i '/pam_systemd/d' "$debian/etc/pam.d/common-session"
inside useradd --create-home --shell /bin/bash --groups sudo vagrant
inside passwd --lock root
# The key that everybody has: Vagrant goes in by it once, and puts one of its own in its place.
key=$(find /usr/share /opt -path '*/vagrant-*/keys/vagrant.pub' -print -quit)
install -d -m 700 "$debian/home/vagrant/.ssh"
install -m 600 "$key" "$debian/home/vagrant/.ssh/authorized_keys"
inside chown -R vagrant:vagrant /home/vagrant/.ssh
echo 'vagrant ALL=(ALL) NOPASSWD: ALL' >"$debian/etc/sudoers.d/vagrant"
chmod 440 "$debian/etc/sudoers.d/vagrant"
[ -e "$debian/initrd.img" ] && [ -e "$debian/vmlinuz" ] || fail "the kernel has made no links /vmlinuz and /initrd.img"
umount -R "$debian/proc" "$debian/sys" 2>/dev/null || true

echo "disk ..."
disk=$work/disk.img
truncate -s ${size}M "$disk"
echo '2048,,L,*' | sfdisk -q "$disk" >>"$log" 2>&1 || fail "sfdisk failed"
# A loop device's partitions do not appear everywhere, so that nothing is mounted here: the file system is written into its place, and
# the boot loader into the sectors before it.
mkfs.ext4 -q -F -b 4096 -U $filesystem -d "$debian" -E offset=$((2048 * 512)),lazy_itable_init=1 "$disk" $(((size - 2) * 256)) \
  >>"$log" 2>&1 || fail "mkfs.ext4 failed"
cat >"$work/grub.cfg" <<TXT
set root=(hd0,msdos1)
linux /vmlinuz root=UUID=$filesystem ro net.ifnames=0 console=tty0 console=ttyS0 quiet
initrd /initrd.img
boot
TXT
grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -c "$work/grub.cfg" -o "$work/core.img" biosdisk part_msdos ext2 linux reboot echo \
  >>"$log" 2>&1 || fail "grub-mkimage failed"
dd if=/usr/lib/grub/i386-pc/boot.img of="$disk" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$disk" bs=512 seek=1 conv=notrunc status=none
rm -rf "$debian"
qemu-img convert -O qcow2 "$disk" "$work/box.img"
rm "$disk"

cat >"$work/metadata.json" <<TXT
{"provider": "libvirt", "format": "qcow2", "virtual_size": $((size / 1024))}
TXT
echo 'Vagrant.configure("2") { |config| config.ssh.username = "vagrant" }' >"$work/Vagrantfile"
tar -C "$work" -cf "$work/finished" metadata.json Vagrantfile box.img
# On another disk this is a copy, which takes its name when it is whole.
mv "$work/finished" "$box.part"
mv "$box.part" "$box"
echo "$box: $(($(stat -c %s "$box") / 1048576)) MiB, made in $((SECONDS - began)) s"
