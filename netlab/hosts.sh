#!/usr/bin/env bash
# Brings up the throw-away hosts of a page of the documentation, so that its commands can be followed by hand. The page names them in a
# comment near its top. Ended by "netctl lab stop"; nothing of the machine's network is touched.
#   netlab/hosts.sh docs/how-to/publish-ports.md
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PATH=$root/artifacts/netctl:$PATH

[ $# -eq 1 ] && [ -f "$1" ] || { echo "netlab: name one page; usage: netlab/hosts.sh docs/how-to/publish-ports.md" >&2; exit 1; }
command -v netctl >/dev/null || { echo "netlab: there is no netctl yet; build it with netlab/build.sh" >&2; exit 1; }
world=$(sed -n '/^<!-- x-netlab$/,/^-->$/{//!s/^/  /p}' "$1")
world=${world//\$LAB\/clone/$root} # in tests the lab's folder has a link to the clone
[ -n "$world" ] || world="  hosts: {host: {}}"

lab=$root/artifacts/hosts/$(basename "$1" .md)
mkdir -p "$lab"
cat >"$lab/lab.yml" <<END
x-netlab:
  question: What do the commands of the page show?
$world
  steps:
    - look: Follow the page
      run: echo "This shell is on a throw-away host."
END
netctl lab start "$lab"
