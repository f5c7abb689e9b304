#!/usr/bin/env bash
# Makes a tarball of this commit, for machines without Debian's package manager, and prints its path: unpack it and run its install.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=packaging/version.sh
. "$here/../version.sh"
published=$("$here/../publish.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=netctl-$VERSION-linux-$(uname -m)

"$here/../stage.sh" "$published" "$work" /usr/local
mv "$work/usr/local" "$work/$name"
install -m 755 "$root/netlab/install.sh" "$work/$name/install.sh"
install -m 644 "$root/LICENSE" "$work/$name/LICENSE"

packages=${NETCTL_PACKAGES:-$root/artifacts/packages}
mkdir -p "$packages"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c "$name" \
  | gzip -9n >"$packages/$name.tar.gz"
echo "$packages/$name.tar.gz"
