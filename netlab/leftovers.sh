#!/usr/bin/env bash
# Prints what a run could leave on a machine: namespaces, links, rules, mounts and processes of ours. Run before and after, and compare.
export PATH=$PATH:/usr/sbin:/sbin
echo "namespaces:"; ls /run/netns 2>/dev/null
echo "links:"; ip -br link 2>/dev/null | awk '{print $1}' | sort
echo "mounts:"; grep -E 'netns|netctl|netlab' /proc/self/mounts | awk '{print $2}' | sort
echo "processes:"
for pid in /proc/[0-9]*; do
  { tr "\0" " " <"$pid/cmdline"; } 2>/dev/null | grep -E '(^|/)netctl (daemon|shim)' | sed 's/[0-9]\{3,\}/N/g'
done | sort
echo "rules:"; { iptables-save; nft list tables; } 2>/dev/null | grep -i netctl
exit 0
