using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Netfilter;
using Net.Netlink.Routes;
using Net.Tests.TestKit;
using Tmds.Linux;
using static Tmds.Linux.LibC;

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
        #include <signal.h>
        #include <spawn.h>
        #include <stddef.h>
        #include <sys/eventfd.h>
        #include <sys/ioctl.h>
        #include <sys/mount.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/wait.h>
        #include <termios.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <linux/close_range.h>
        #include <linux/if.h>
        #include <linux/if_addr.h>
        #include <linux/if_link.h>
        #include <linux/ip.h>
        #include <linux/ipv6.h>
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
        ("NETLINK_ADD_MEMBERSHIP", 1),
        ("NETLINK_CAP_ACK", 10),
        ("NETLINK_EXT_ACK", 11),
        ("NETLINK_GET_STRICT_CHK", 12),
        ("sizeof(struct in6_pktinfo)", Unsafe.SizeOf<in6_pktinfo>()),
        ("sizeof(struct cmsghdr)", Unsafe.SizeOf<cmsghdr>()),
        ("CMSG_SPACE(sizeof(struct in6_pktinfo))", 40),
        ("sizeof(struct msghdr)", Unsafe.SizeOf<msghdr>()),
        ("sizeof(struct sockaddr_in)", Unsafe.SizeOf<sockaddr_in>()),
        ("sizeof(struct sockaddr_in6)", Unsafe.SizeOf<sockaddr_in6>()),
        ("offsetof(struct sockaddr_in6, sin6_addr)", 8),
        ("offsetof(struct sockaddr_in6, sin6_scope_id)", 24),
        ("CTA_FILTER_ORIG_FLAGS", 1),
        ("CTA_FILTER_REPLY_FLAGS", 2),
        ("RLIMIT_NOFILE", 7),
        ("sizeof(struct statx)", Unsafe.SizeOf<statx>()),
        ("sizeof(struct pollfd)", Unsafe.SizeOf<pollfd>()),
        ("offsetof(struct statx, stx_mode)", (long)Marshal.OffsetOf<statx>("stx_mode")),
        ("offsetof(struct statx, stx_uid)", (long)Marshal.OffsetOf<statx>("stx_uid")),
        ("offsetof(struct statx, stx_ino)", (long)Marshal.OffsetOf<statx>("stx_ino")),
        ("offsetof(struct statx, stx_dev_major)", (long)Marshal.OffsetOf<statx>("stx_dev_major")),
        ("offsetof(struct statx, stx_dev_minor)", (long)Marshal.OffsetOf<statx>("stx_dev_minor")),
        ("sizeof(struct mmsghdr)", Unsafe.SizeOf<mmsghdr>()),
        ("offsetof(struct mmsghdr, msg_hdr)", 0),
        ("sizeof(struct iovec)", Unsafe.SizeOf<iovec>()),
        ("sizeof(struct epoll_event)", Unsafe.SizeOf<epoll_event>()),
        ("sizeof(struct termios)", Unsafe.SizeOf<termios>()),
        ("sizeof(struct winsize)", Unsafe.SizeOf<winsize>()),
        ("sizeof(sigset_t)", Unsafe.SizeOf<sigset_t>()),
        ("PR_SET_CHILD_SUBREAPER", 36),
        ("LOCK_EX", 2),
        ("LOCK_NB", 4),
        ("WNOHANG", 1),
        ("CLOSE_RANGE_CLOEXEC", 4),
        ("POSIX_SPAWN_SETSIGDEF", 0x04),
        ("POSIX_SPAWN_SETSIGMASK", 0x08),
        ("POSIX_SPAWN_SETSID", 0x80),
    ];

    // What src/Linux takes from Tmds.LibC: the package must agree with the headers of the machine that it runs on.
    private static readonly (string Expression, long Value)[] PackageConstants =
    [
        ("AF_NETLINK", (long)AF_NETLINK),
        ("AF_UNIX", (long)AF_UNIX),
        ("AT_EMPTY_PATH", (long)AT_EMPTY_PATH),
        ("CLONE_FS", (long)CLONE_FS),
        ("CLONE_NEWNET", (long)CLONE_NEWNET),
        ("CLONE_NEWNS", (long)CLONE_NEWNS),
        ("CLONE_NEWUTS", (long)CLONE_NEWUTS),
        ("EFD_CLOEXEC", (long)EFD_CLOEXEC),
        ("EFD_NONBLOCK", (long)EFD_NONBLOCK),
        ("(int)EPOLLET", (long)EPOLLET),
        ("EPOLLIN", (long)EPOLLIN),
        ("EPOLL_CLOEXEC", (long)EPOLL_CLOEXEC),
        ("EPOLL_CTL_ADD", (long)EPOLL_CTL_ADD),
        ("EPOLL_CTL_DEL", (long)EPOLL_CTL_DEL),
        ("EPOLL_CTL_MOD", (long)EPOLL_CTL_MOD),
        ("FD_CLOEXEC", (long)FD_CLOEXEC),
        ("F_DUPFD_CLOEXEC", (long)F_DUPFD_CLOEXEC),
        ("F_GETFL", (long)F_GETFL),
        ("F_SETFD", (long)F_SETFD),
        ("F_SETFL", (long)F_SETFL),
        ("IPPROTO_IPV6", (long)IPPROTO_IPV6),
        ("IPV6_PKTINFO", (long)IPV6_PKTINFO),
        ("IPV6_RECVPKTINFO", (long)IPV6_RECVPKTINFO),
        ("IPV6_V6ONLY", (long)IPV6_V6ONLY),
        ("MNT_DETACH", (long)MNT_DETACH),
        ("MSG_NOSIGNAL", (long)MSG_NOSIGNAL),
        ("MS_BIND", (long)MS_BIND),
        ("MS_NODEV", (long)MS_NODEV),
        ("MS_NOEXEC", (long)MS_NOEXEC),
        ("MS_NOSUID", (long)MS_NOSUID),
        ("MS_PRIVATE", (long)MS_PRIVATE),
        ("MS_REC", (long)MS_REC),
        ("MS_SLAVE", (long)MS_SLAVE),
        ("O_APPEND", (long)O_APPEND),
        ("O_CLOEXEC", (long)O_CLOEXEC),
        ("O_CREAT", (long)O_CREAT),
        ("O_DIRECTORY", (long)O_DIRECTORY),
        ("O_EXCL", (long)O_EXCL),
        ("O_NOCTTY", (long)O_NOCTTY),
        ("O_NOFOLLOW", (long)O_NOFOLLOW),
        ("O_NONBLOCK", (long)O_NONBLOCK),
        ("O_PATH", (long)O_PATH),
        ("O_RDWR", (long)O_RDWR),
        ("O_TRUNC", (long)O_TRUNC),
        ("O_WRONLY", (long)O_WRONLY),
        ("POLLIN", (long)POLLIN),
        ("SIGKILL", (long)SIGKILL),
        ("SIGPIPE", (long)SIGPIPE),
        ("SIGTERM", (long)SIGTERM),
        ("SOCK_CLOEXEC", (long)SOCK_CLOEXEC),
        ("SOCK_DGRAM", (long)SOCK_DGRAM),
        ("SOCK_NONBLOCK", (long)SOCK_NONBLOCK),
        ("SOCK_RAW", (long)SOCK_RAW),
        ("SOCK_STREAM", (long)SOCK_STREAM),
        ("SOL_IP", (long)SOL_IP),
        ("SOL_IPV6", (long)SOL_IPV6),
        ("SOL_NETLINK", (long)SOL_NETLINK),
        ("SOL_SOCKET", (long)SOL_SOCKET),
        ("SO_ACCEPTCONN", (long)SO_ACCEPTCONN),
        ("SO_DOMAIN", (long)SO_DOMAIN),
        ("SO_ERROR", (long)SO_ERROR),
        ("SO_RCVBUF", (long)SO_RCVBUF),
        ("SO_RCVBUFFORCE", (long)SO_RCVBUFFORCE),
        ("SO_REUSEADDR", (long)SO_REUSEADDR),
        ("SO_SNDBUF", (long)SO_SNDBUF),
        ("SO_SNDBUFFORCE", (long)SO_SNDBUFFORCE),
        ("SO_TYPE", (long)SO_TYPE),
        ("STATX_INO", (long)STATX_INO),
        ("STATX_MODE", (long)STATX_MODE),
        ("STATX_UID", (long)STATX_UID),
        ("TCP_NODELAY", (long)TCP_NODELAY),
        ("TCSADRAIN", (long)TCSADRAIN),
        ("TIOCGWINSZ", (long)TIOCGWINSZ),
        ("TIOCSWINSZ", (long)TIOCSWINSZ),
        ("UMOUNT_NOFOLLOW", (long)UMOUNT_NOFOLLOW),
    ];

    [KernelFact]
    public void Every_mirrored_constant_and_layout_is_the_kernels()
    {
        var source = new StringBuilder(Headers);
        foreach ((string name, long value) in Layouts.Concat(PackageConstants).Concat(MirroredConstants.All))
        {
            source.AppendLine($"_Static_assert((long)({name}) == {value}L, \"{name} is not {value}\");");
        }

        CommandResult result = Command.RunWithInput(source.ToString(), "gcc", "-std=gnu11", "-fsyntax-only", "-x", "c", "-");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(MirroredConstants.All.Length > 180);
    }
}
