# shellcheck shell=bash
# Two pairs of keys of WireGuard: the private and the public one of host1, then those of host2.
for _ in host1 host2; do
  private=$(wg genkey)
  echo "$private"
  wg pubkey <<<"$private"
done
