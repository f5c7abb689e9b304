#!/usr/bin/env bash
# Builds the native netctl into artifacts/netctl and prints its path on standard output; messages go to standard error.
# Does nothing when it is there and newer than every source.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=netlab/dotnet.sh
. "$root/netlab/dotnet.sh"
out=$root/artifacts/netctl
log=$root/artifacts/build.log
mkdir -p "$out"

if [ -x "$out/netctl" ] && [ -z "$(find "$root/src" "$root"/Directory.* -newer "$out/netctl" \
     \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' \) -not -path '*/obj/*' -print -quit)" ]; then
  echo "$out/netctl"
  exit 0
fi

started=$SECONDS
echo "building the native netctl (about two minutes the first time) ..." >&2
if ! compile publish "$root/src/Cli" -c Release -o "$out" "${unanalyzed[@]}" >"$log" 2>&1; then
  grep -E 'error|warning' "$log" | sort -u | head -n 20 >&2 || true
  echo "netlab: the build failed; the whole log is in artifacts/build.log" >&2
  exit 1
fi
touch "$out/netctl"
echo "built in $((SECONDS - started)) s" >&2
echo "$out/netctl"
