#!/usr/bin/env bash
# Builds this commit twice, in two clones in folders of different names, and compares the packages and the tarballs byte by byte. What
# differs is named. It takes about ten minutes.
set -euo pipefail
unset NETCTL_PUBLISHED NETCTL_PACKAGES
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for clone in first the-second-one; do git clone -q "$root" "$work/$clone"; done
for clone in first the-second-one; do
  "$work/$clone/packaging/deb/make.sh" >/dev/null
  "$work/$clone/packaging/tarball/make.sh" >/dev/null
done

status=0
for file in "$work"/first/artifacts/packages/* "$work"/first/artifacts/published/netctl*; do
  other=$work/the-second-one/${file#"$work/first/"}
  if cmp "$file" "$other"; then
    echo "the same: $(sha256sum "$file" | cut -d' ' -f1)  $(basename "$file")"
  else
    status=1
  fi
done
[ $status -eq 0 ] || echo "netlab: two builds of one commit differ, see above: compare the objects in artifacts/objects of two clones" >&2
exit $status
