#!/usr/bin/env bash
# Runs every test of the project; the last line is "N passed, N failed[, N skipped]".
#   tests/run.sh [Unit|Kernel|EndToEnd|Fuzz ...]     all of them when none is named
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=netlab/require.sh
. "$root/netlab/require.sh"
# shellcheck source=netlab/dotnet.sh
. "$root/netlab/dotnet.sh"
require_linux
require_sdk
export PATH=$PATH:/usr/sbin:/sbin
cd "$root" || exit 1

projects=("$@")
[ $# -gt 0 ] || projects=(Unit Fuzz Kernel EndToEnd)
for project in "${projects[@]}"; do
  [ -e "tests/$project/Net.Tests.$project.csproj" ] && continue
  echo "tests/run.sh: there is no project tests/$project; there are Unit, Fuzz, Kernel and EndToEnd" >&2
  exit 1
done

if [ "$(id -u)" -eq 0 ]; then
  sets=(build test)
  [ "${CI:-}" != true ] || sets+=(others pack) # on a person's machine no firewall is installed; the tests beside one are skipped
  netlab/packages.sh "${sets[@]}" || exit 1
fi
# The rooms are compiled once, for the tests and for the native netctl alike: both are Release. What is there already is not built again.
compile build Net.sln -c Release -v quiet -nologo "${unanalyzed[@]}" || exit 1
NETCTL_BINARY=$(netlab/build.sh) || exit 1
export NETCTL_BINARY

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
for project in "${projects[@]}"; do
  echo "== $project"
  # Whoever runs this in the background of a script has SIGINT ignored, and tests send it.
  env --default-signal=INT,QUIT dotnet exec "tests/$project/bin/Release/net10.0/Net.Tests.$project.dll" \
    -noLogo -noColor -trx "$results/$project.trx" </dev/null 2>&1 | grep --line-buffered -v '^Ok, passed [0-9]* tests'
  status=${PIPESTATUS[0]}
  if [ ! -e "$results/$project.trx" ]; then
    echo "$project: did not run"
    failed=$((failed + 1))
    continue
  fi
  counters=$(grep -o '<Counters [^>]*>' "$results/$project.trx" | head -n 1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(count total) executed=$(count executed) ok=$(count passed)
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
  if [ "$status" -ne 0 ] && [ "$executed" -eq "$ok" ]; then
    echo "$project: ended with exit code $status outside of a test"
    failed=$((failed + 1))
  fi
  [ "$total" -gt 0 ] || { echo "$project: no tests were found"; failed=$((failed + 1)); }
done

if [ $skipped -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
