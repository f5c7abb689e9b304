#!/usr/bin/env bash
# Compiles the native programs of this commit anew, the same bytes each time and in each folder, and prints the folder that they are in.
# NETCTL_PUBLISHED names a folder whose programs are taken as they are instead.
set -euo pipefail
if [ -n "${NETCTL_PUBLISHED:-}" ]; then
  echo "$NETCTL_PUBLISHED"
  exit 0
fi
# shellcheck source=packaging/version.sh
. "$(dirname "${BASH_SOURCE[0]}")/version.sh"
# shellcheck source=netlab/dotnet.sh
. "$root/netlab/dotnet.sh"
published=$root/artifacts/published
log=$root/artifacts/publish.log
mkdir -p "$published"
if [ "$(cat "$published/.commit" 2>/dev/null)" = "$VERSION" ] && [ "${VERSION%.changed}" = "$VERSION" ]; then
  echo "$published"
  exit 0
fi

echo "compiling $VERSION (two or three minutes) ..." >&2
rm -rf "$published"
mkdir -p "$published"
# Objects of an earlier build may be of another commit, or have another folder's name in them. The identity of an assembly depends on that
# of its debug information, in which names of folders stay (PathMap does not reach all): there is none.
if ! compile publish "$root/src/Cli" -c Release -o "$published" --artifacts-path "$root/artifacts/objects" \
    -p:ContinuousIntegrationBuild=true -p:DebugType=none -p:PathMap="$root=/_" -p:SourceRevisionId="$COMMIT" \
    "${unanalyzed[@]}" >"$log" 2>&1; then
  grep -E 'error|warning' "$log" | sort -u | head -n 20 >&2 || true
  echo "netlab: the build failed; the whole log is in artifacts/publish.log" >&2
  exit 1
fi
echo "$VERSION" >"$published/.commit"
echo "$published"
