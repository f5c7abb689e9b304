# shellcheck shell=bash
# Sourced. Sets of the commit that is packaged: VERSION, COMMIT and SOURCE_DATE_EPOCH (its time: what is packaged has no other).
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
number=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
if COMMIT=$(git -c safe.directory='*' -C "$root" rev-parse HEAD 2>/dev/null); then
  SOURCE_DATE_EPOCH=$(git -c safe.directory='*' -C "$root" log -1 --format=%ct)
  # Later commits have later versions; what is not committed is told by its name.
  VERSION=$number+$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S).${COMMIT:0:8}
  [ -z "$(git -c safe.directory='*' -C "$root" status --porcelain --untracked-files=no)" ] || VERSION=$VERSION.changed
else
  COMMIT=
  SOURCE_DATE_EPOCH=$(stat -c %Y "$root/Directory.Build.props")
  VERSION=$number
fi
export SOURCE_DATE_EPOCH
