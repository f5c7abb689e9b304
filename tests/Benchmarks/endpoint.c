// The work of one endpoint in plain C: a namespace bound to a file, loopback up, a veth pair whose one end is a bridge's port and whose other end
// is in the namespace, IPv6 off on the host end, tag, addresses of both families, links up, a neighbour on each side, two default routes.
// Raw netlink, few sends, one thread; the same requests as the engine makes, so that the difference is what the engine costs.
// Usage: endpoint DIRECTORY BRIDGE_INDEX FIRST COUNT   prints microseconds of all COUNT endpoints together.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>
#include "netlink.h"

static void up(int index, const char *name, const char *alias, unsigned mtu) {
    struct ifinfomsg i = { .ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP };
    begin(RTM_NEWLINK, 0, &i, sizeof i);
    if (name) attribute(IFLA_IFNAME, name, strlen(name) + 1);
    if (mtu) attribute(IFLA_MTU, &mtu, 4);
    if (alias) attribute(IFLA_IFALIAS, alias, strlen(alias));
    finish();
}

static void address(int index, int family, const void *bytes, int prefix, const void *broadcast) {
    int length = family == AF_INET ? 4 : 16;
    unsigned flags = IFA_F_NODAD;
    struct ifaddrmsg a = { .ifa_family = family, .ifa_prefixlen = prefix, .ifa_index = index };
    begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &a, sizeof a);
    attribute(IFA_LOCAL, bytes, length);
    attribute(IFA_ADDRESS, bytes, length);
    if (broadcast) attribute(IFA_BROADCAST, broadcast, length);
    if (family == AF_INET6) attribute(IFA_FLAGS, &flags, 4);
    finish();
}

static void gateway(int index, int family, const void *via) {
    struct rtmsg r = { .rtm_family = family, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = 110, .rtm_scope = RT_SCOPE_UNIVERSE, .rtm_type = RTN_UNICAST };
    begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, &r, sizeof r);
    attribute(RTA_GATEWAY, via, family == AF_INET ? 4 : 16);
    attribute(RTA_OIF, &index, 4);
    finish();
}

static void neighbour(int index, const void *ip, const void *mac) {
    struct ndmsg n = { .ndm_family = AF_INET, .ndm_ifindex = index, .ndm_state = NUD_PERMANENT };
    begin(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, &n, sizeof n);
    attribute(NDA_DST, ip, 4);
    attribute(NDA_LLADDR, mac, 6);
    finish();
}

static void veth(const char *name, int bridge, const unsigned char *mac, int space) {
    struct ifinfomsg i = { 0 };
    unsigned group = 28515, mtu = 1400;
    begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ECHO, &i, sizeof i);
    attribute(IFLA_IFNAME, name, strlen(name) + 1);
    attribute(IFLA_MTU, &mtu, 4);
    attribute(IFLA_MASTER, &bridge, 4);
    attribute(IFLA_GROUP, &group, 4);
    struct rtattr *info = attribute(IFLA_LINKINFO | NLA_F_NESTED, 0, 0);
    attribute(IFLA_INFO_KIND, "veth", 5);
    struct rtattr *data = attribute(IFLA_INFO_DATA | NLA_F_NESTED, 0, 0);
    struct rtattr *peer = attribute(VETH_INFO_PEER | NLA_F_NESTED, &i, sizeof i);
    attribute(IFLA_IFNAME, "eth0", 5);
    attribute(IFLA_ADDRESS, mac, 6);
    attribute(IFLA_MTU, &mtu, 4);
    attribute(IFLA_NET_NS_FD, &space, 4);
    close_nest(peer);
    close_nest(data);
    close_nest(info);
    finish();
}

static void endpoint(const char *directory, int host, int home, int bridge, int number) {
    char path[256], name[16], setting[128], alias[65];
    unsigned char mac[6] = { 2, 0x42, 0xac, 0x12, number >> 8, number }, gate_mac[6] = { 2, 0x42, 0, 0, 0, 1 };
    unsigned char ip[4] = { 172, 18, number >> 8, number }, gate[4] = { 172, 18, 255, 254 }, broadcast[4] = { 172, 18, 255, 255 };
    unsigned char ip6[16] = { 0x20, 1, 0xd, 0xb8, 0, 1 }, gate6[16] = { 0x20, 1, 0xd, 0xb8, 0, 1 };
    ip6[14] = number >> 8; ip6[15] = number; gate6[14] = 255; gate6[15] = 254;
    snprintf(path, sizeof path, "%s/c%d", directory, number);
    snprintf(name, sizeof name, "veth%07x", number);
    snprintf(alias, sizeof alias, "%064x", number);

    int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (file < 0) fail(path);
    close(file);
    if (unshare(CLONE_NEWNET)) fail("unshare");
    if (mount("/proc/thread-self/ns/net", path, 0, MS_BIND, 0)) fail("mount");
    int space = open(path, O_RDONLY | O_CLOEXEC), inside = netlink();
    if (setns(home, CLONE_NEWNET)) fail("setns");

    veth(name, bridge, mac, space);
    int eth0 = flush(host);
    snprintf(setting, sizeof setting, "/proc/sys/net/ipv6/conf/%s/disable_ipv6", name);
    int sysctl = open(setting, O_WRONLY | O_CLOEXEC);
    if (sysctl < 0 || write(sysctl, "1", 1) != 1) fail(setting);
    close(sysctl);

    address(eth0, AF_INET, ip, 16, broadcast);
    address(eth0, AF_INET6, ip6, 64, 0);
    up(1, 0, 0, 0);
    up(eth0, 0, 0, 1400);
    neighbour(eth0, gate, gate_mac);
    gateway(eth0, AF_INET, gate);
    gateway(eth0, AF_INET6, gate6);
    flush(inside);
    up(0, name, alias, 1400);
    neighbour(bridge, ip, mac);
    flush(host);
    close(inside);
    close(space);
}

int main(int count, char **words) {
    if (count != 5) return 2;
    int host = netlink(), home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), bridge = atoi(words[2]), first = atoi(words[3]), many = atoi(words[4]);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < many; i++) endpoint(words[1], host, home, bridge, first + i);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.1f\n", (end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3);
    return 0;
}
