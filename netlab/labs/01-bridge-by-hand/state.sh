# Prints what the kernel has of the network shop, without what is different each time: its id, the bridge's Ethernet address, counters.
{
    ip -4 -brief address show dev shop0
    ip -oneline -details link show dev shop0 | grep -o 'link/ether .* brd\|no_linklocal_learn .'
    sysctl net.ipv4.ip_forward net.ipv4.conf.shop0 net.ipv6.conf.shop0.disable_ipv6 net.ipv6.conf.shop0.accept_ra
    iptables-save | grep -v '^#'
    ip6tables-save | grep -v '^#'
    nft list table bridge netctl
    nft list table ip netctl-conntrack
} | sed -E 's/netctl:[0-9a-f]{12}/netctl:ID/g; s/02:42(:[0-9a-f]{2}){4}/MAC/g; s/\[[0-9]+:[0-9]+\]//'
