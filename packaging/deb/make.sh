#!/usr/bin/env bash
# Makes the Debian package of this commit and prints its path. It needs no root.
#   packaging/deb/make.sh [VERSION]      VERSION in place of the commit's, such as for an upgrade that is only tried
# NETCTL_PACKAGES names the folder to put it into; otherwise artifacts/packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=packaging/version.sh
. "$here/../version.sh"
command -v dpkg-shlibdeps >/dev/null || {
  echo "netlab: dpkg-shlibdeps is not there, which finds what the package depends on: install it with \"apt-get install dpkg-dev\"" >&2
  exit 1
}
published=$("$here/../publish.sh")
version=${1:-$VERSION}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
umask 022
mkdir -p "$tree/DEBIAN"

"$here/../stage.sh" "$published" "$tree" /usr
# Debian 12 keeps units of packages in /lib, which is /usr/lib; its tools look for them by that name.
mkdir -p "$tree/lib/systemd"
mv "$tree/usr/lib/systemd/system" "$tree/lib/systemd/system"
rmdir "$tree/usr/lib/systemd"
# Debian has the text of this license in /usr/share/common-licenses.
rm "$tree/usr/share/doc/netctl/Apache-2.0.txt"
install -D -m 644 "$here/lintian-overrides" "$tree/usr/share/lintian/overrides/netctl"
{
  echo "netctl ($version) unstable; urgency=medium"
  echo
  echo "  * Built from commit ${COMMIT:-that is not known}."
  echo
  echo " -- netctl contributors <contributors@netctl.invalid>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$tree/usr/share/doc/netctl/changelog.gz"

# The versions of the libraries that the programs ask for.
mkdir -p "$work/debian"
printf 'Source: netctl\n\nPackage: netctl\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "$tree"/usr/lib/netctl/netctl* 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" -e "s/@LIBRARIES@/$libraries/" \
  -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$tree" | cut -f1)/" "$here/control" >"$tree/DEBIAN/control"
# dpkg runs these where the package's files are not there yet, or not any more: what they share is put into them.
for script in preinst postinst prerm postrm; do
  sed -e "/^\. folders\.sh$/{r $here/../folders.sh" -e 'd}' "$here/$script" >"$tree/DEBIAN/$script"
  chmod 755 "$tree/DEBIAN/$script"
done
(cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

packages=${NETCTL_PACKAGES:-$root/artifacts/packages}
mkdir -p "$packages"
package=$packages/netctl_${version}_$(dpkg --print-architecture).deb
rm -f "$package"
level=${NETCTL_PUBLISHED:+1} # one that is only tried need not be small
dpkg-deb --root-owner-group -Zxz -z"${level:-6}" --build "$tree" "$package" >/dev/null
echo "$package"
