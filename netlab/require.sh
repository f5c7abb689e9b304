# shellcheck shell=bash
# Sourced. What every script asks of the machine, one sentence each.
require_linux() {
  [ "$(uname -s)" = Linux ] && return
  echo "netlab: this is $(uname -s); netctl makes Linux network namespaces, so run it on Linux" >&2
  exit 1
}

require_machine() {
  require_linux
  [ "$(id -u)" -eq 0 ] || { echo "netlab: not root; network namespaces need it: run sudo $0" >&2; exit 1; }
  require_sdk
}

require_sdk() {
  local sdks
  sdks=$(dotnet --list-sdks 2>/dev/null) || sdks=
  grep -q '^1[0-9]\.' <<<"$sdks" && return
  echo "netlab: no .NET SDK 10; install it from https://dotnet.microsoft.com/download and run this again" >&2
  exit 1
}
