# Sourced. What every script of netlab asks of the machine, one sentence each.
require_machine() {
  [ "$(uname -s)" = Linux ] || { echo "netlab: this is $(uname -s); netctl makes Linux network namespaces, so run it on Linux" >&2; exit 1; }
  [ "$(id -u)" -eq 0 ] || { echo "netlab: not root; network namespaces need it: run sudo $0" >&2; exit 1; }
  require_sdk
}

require_sdk() {
  command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.' && return
  echo "netlab: no .NET SDK 10; install it from https://dotnet.microsoft.com/download and run this again" >&2
  exit 1
}
