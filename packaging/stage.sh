#!/usr/bin/env bash
# Puts all that an installation consists of below a folder, with the modes and times that it is to have: packages and install.sh take it
# from there.
#   packaging/stage.sh PUBLISHED FOLDER PREFIX
# PUBLISHED has the native programs; PREFIX is the place of the installation, such as /usr, which the units name.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
published=$(cd "$1" && pwd) folder=$2 prefix=$3
to=$folder$prefix
umask 022

install -D -m 755 -t "$to/lib/netctl" "$published/netctl" "$published/netctl-shim"
install -m 644 -t "$to/lib/netctl" "$published/libe_sqlite3.so"
install -m 755 "$here/retire.sh" "$to/lib/netctl/retire"
install -m 644 "$here/folders.sh" "$to/lib/netctl/folders.sh"
strip --strip-unneeded "$to/lib/netctl/libe_sqlite3.so"
mkdir -p "$to/bin"
ln -s ../lib/netctl/netctl "$to/bin/netctl"

mkdir -p "$to/lib/systemd/system"
for unit in netctl.service netctl.socket; do
  sed "s:/usr/bin/netctl:$prefix/bin/netctl:" "$here/systemd/$unit" >"$to/lib/systemd/system/$unit"
done

netctl=$to/lib/netctl/netctl
"$netctl" manual "$to/share/man"
find "$to/share/man" -type f -exec gzip -9n {} +
for shell in bash zsh fish; do
  case $shell in
    bash) script=$to/share/bash-completion/completions/netctl ;;
    zsh) script=$to/share/zsh/vendor-completions/_netctl ;;
    fish) script=$to/share/fish/vendor_completions.d/netctl.fish ;;
  esac
  mkdir -p "$(dirname "$script")"
  "$netctl" completion "$shell" >"$script"
done

mkdir -p "$to/share/netctl" "$to/share/doc/netctl"
cp -R "$here/../netlab/labs" "$to/share/netctl/labs"
install -m 644 -t "$to/share/doc/netctl" "$here/copyright" "$here/Apache-2.0.txt"
# What .NET is made of is told by a file of the package that the programs are compiled with.
notices=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/runtime.linux-*.microsoft.dotnet.ilcompiler -maxdepth 2 \
  -iname 'third-party-notices.txt' | sort -V | tail -n 1)
[ -n "$notices" ] || { echo "netlab: the notices of .NET are not in the folder of NuGet's packages: build netctl first" >&2; exit 1; }
gzip -9nc "$notices" >"$to/share/doc/netctl/dotnet-third-party-notices.txt.gz"

find "$to" -type d -exec chmod 755 {} +
find "$to" -type f -not -perm /111 -exec chmod 644 {} +
find "$to/share" -type f -exec chmod 644 {} +
grep -rlI -m 1 '^#!' "$to/share/netctl/labs" | xargs -r chmod 755
find "$folder" -depth -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
find "$folder" -depth -type d -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
