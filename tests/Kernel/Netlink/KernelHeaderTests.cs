using System.Text;

using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Netfilter;
using Net.Netlink.Routes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

/// <summary>The C compiler checks every mirrored constant, struct size and offset against the kernel's headers.</summary>
public sealed class KernelHeaderTests
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <poll.h>
        #include <sys/epoll.h>
        #include <sys/resource.h>
        #include <sched.h>
        #include <stddef.h>
        #include <sys/mount.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <netinet/in.h>
        #include <linux/if.h>
        #include <linux/if_addr.h>
        #include <linux/if_link.h>
        #include <linux/neighbour.h>
        #include <linux/netfilter.h>
        #include <linux/netfilter/nf_tables.h>
        #include <linux/netfilter/nfnetlink.h>
        #include <linux/netfilter/nfnetlink_conntrack.h>
        #include <linux/netlink.h>
        #include <linux/rtnetlink.h>
        #include <linux/veth.h>

        """;

    private static readonly (string Expression, long Value)[] Layouts =
    [
        ("sizeof(struct nlmsghdr)", MessageBuffer.HeaderLength),
        ("offsetof(struct nlmsghdr, nlmsg_type)", 4),
        ("offsetof(struct nlmsghdr, nlmsg_flags)", 6),
        ("offsetof(struct nlmsghdr, nlmsg_seq)", 8),
        ("offsetof(struct nlmsghdr, nlmsg_pid)", 12),
        ("sizeof(struct nlattr)", 4),
        ("offsetof(struct nlattr, nla_type)", 2),
        ("NLA_F_NESTED", NetlinkAttribute.NestedFlag),
        ("NLA_F_NET_BYTEORDER", NetlinkAttribute.NetworkOrderFlag),
        ("(unsigned short)NLA_TYPE_MASK", NetlinkAttribute.TypeMask),
        ("sizeof(struct sockaddr_nl)", 12),
        ("offsetof(struct sockaddr_nl, nl_pid)", 4),
        ("sizeof(struct ifinfomsg)", LinkHeader.Length),
        ("offsetof(struct ifinfomsg, ifi_type)", 2),
        ("offsetof(struct ifinfomsg, ifi_index)", 4),
        ("offsetof(struct ifinfomsg, ifi_flags)", 8),
        ("offsetof(struct ifinfomsg, ifi_change)", 12),
        ("sizeof(struct ifaddrmsg)", AddressHeader.Length),
        ("offsetof(struct ifaddrmsg, ifa_prefixlen)", 1),
        ("offsetof(struct ifaddrmsg, ifa_flags)", 2),
        ("offsetof(struct ifaddrmsg, ifa_scope)", 3),
        ("offsetof(struct ifaddrmsg, ifa_index)", 4),
        ("sizeof(struct rtmsg)", RouteHeader.Length),
        ("offsetof(struct rtmsg, rtm_table)", 4),
        ("offsetof(struct rtmsg, rtm_protocol)", 5),
        ("offsetof(struct rtmsg, rtm_scope)", 6),
        ("offsetof(struct rtmsg, rtm_type)", 7),
        ("offsetof(struct rtmsg, rtm_flags)", 8),
        ("RT_TABLE_MAIN", RouteHeader.MainTable),
        ("RT_TABLE_LOCAL", RouteHeader.LocalTable),
        ("sizeof(struct ndmsg)", NeighbourHeader.Length),
        ("offsetof(struct ndmsg, ndm_ifindex)", 4),
        ("offsetof(struct ndmsg, ndm_state)", 8),
        ("offsetof(struct ndmsg, ndm_flags)", 10),
        ("offsetof(struct ndmsg, ndm_type)", 11),
        ("NDA_IFINDEX", 8),
        ("sizeof(struct nfgenmsg)", NetfilterHeader.Length),
        ("offsetof(struct nfgenmsg, res_id)", 2),
        ("NFNL_MSG_BATCH_BEGIN", 16),
        ("NFNL_MSG_BATCH_END", 17),
        ("NFNL_BATCH_GENID", 1),
        ("NFT_MSG_GETGEN", 16),
        ("NFTA_GEN_ID", 1),
        ("VETH_INFO_PEER", 1),
        ("IFLA_INET6_ADDR_GEN_MODE", 8),
        ("RTEXT_FILTER_SKIP_STATS", 8),
        ("NLMSGERR_ATTR_MSG", 1),
        ("NLMSGERR_ATTR_OFFS", 2),
        ("SOL_NETLINK", 270),
        ("NETLINK_ADD_MEMBERSHIP", 1),
        ("NETLINK_CAP_ACK", 10),
        ("NETLINK_EXT_ACK", 11),
        ("NETLINK_GET_STRICT_CHK", 12),
        ("SO_SNDBUF", 7),
        ("SO_RCVBUF", 8),
        ("SO_SNDBUFFORCE", 32),
        ("SO_RCVBUFFORCE", 33),
        ("SO_REUSEADDR", 2),
        ("IPPROTO_IPV6", 41),
        ("IPV6_V6ONLY", 26),
        ("IPV6_RECVPKTINFO", 49),
        ("IPV6_PKTINFO", 50),
        ("sizeof(struct in6_pktinfo)", 20),
        ("sizeof(struct cmsghdr)", 16),
        ("CMSG_SPACE(sizeof(struct in6_pktinfo))", 40),
        ("sizeof(struct msghdr)", 56),
        ("sizeof(struct sockaddr_in)", 16),
        ("sizeof(struct sockaddr_in6)", 28),
        ("offsetof(struct sockaddr_in6, sin6_addr)", 8),
        ("offsetof(struct sockaddr_in6, sin6_scope_id)", 24),
        ("CTA_FILTER_ORIG_FLAGS", 1),
        ("CTA_FILTER_REPLY_FLAGS", 2),
        ("EPOLLIN", 1),
        ("EPOLL_CTL_ADD", 1),
        ("EPOLL_CTL_DEL", 2),
        ("EPOLL_CLOEXEC", 0x80000),
        ("SOCK_NONBLOCK", 0x800),
        ("RLIMIT_NOFILE", 7),
        ("AF_NETLINK", 16),
        ("SOCK_STREAM", 1),
        ("SOCK_DGRAM", 2),
        ("SOCK_RAW", 3),
        ("SOCK_CLOEXEC", 0x80000),
        ("sizeof(struct statx)", 256),
        ("offsetof(struct statx, stx_ino)", 32),
        ("offsetof(struct statx, stx_dev_major)", 136),
        ("offsetof(struct statx, stx_dev_minor)", 140),
        ("STATX_INO", 0x100),
        ("AT_EMPTY_PATH", 0x1000),
        ("CLONE_NEWNET", 0x40000000),
        ("CLONE_NEWNS", 0x20000),
        ("CLONE_FS", 0x200),
        ("MS_BIND", 0x1000),
        ("MS_REC", 0x4000),
        ("MS_PRIVATE", 0x40000),
        ("MNT_DETACH", 2),
        ("UMOUNT_NOFOLLOW", 8),
        ("POLLIN", 1),
        ("sizeof(struct pollfd)", 8),
        ("O_WRONLY", 1),
        ("O_CREAT", 0x40),
        ("O_EXCL", 0x80),
        ("O_CLOEXEC", 0x80000),
    ];

    [KernelFact]
    public void Every_mirrored_constant_and_layout_is_the_kernels()
    {
        var source = new StringBuilder(Headers);
        foreach ((string name, long value) in Layouts.Concat(MirroredConstants.All))
        {
            source.AppendLine($"_Static_assert((long)({name}) == {value}L, \"{name} is not {value}\");");
        }

        CommandResult result = Command.RunWithInput(source.ToString(), "gcc", "-std=gnu11", "-fsyntax-only", "-x", "c", "-");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(MirroredConstants.All.Length > 200);
    }
}
