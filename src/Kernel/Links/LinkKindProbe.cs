using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>Asks the kernel whether it has a kind of link. A link of the kind is asked for without a lower link: a kernel that has the
/// kind, perhaps in a module that it loads for the request, refuses the request itself (EINVAL); one that has not refuses the kind
/// (EOPNOTSUPP). So nothing is made in either case.</summary>
internal static class LinkKindProbe
{
    /// <summary>Returns when the kernel has the kind, whose links need a lower link (IFLA_LINK).</summary>
    /// <exception cref="NetlinkException">NotSupported: it has not.</exception>
    public static void Require(NetlinkConnection connection, string kind)
    {
        try
        {
            connection.Execute(LinkRequests.Add(new LinkMessage { Info = new LinkInfo { Kind = kind } }));
        }
        catch (NetlinkException refusal) when (refusal.Errno != Errno.NotSupported)
        {
            // The kernel has the kind.
        }
    }

    /// <summary>Whether the kernel lacks the kind.</summary>
    public static bool IsMissing(NetlinkConnection connection, string kind)
    {
        try
        {
            Require(connection, kind);
            return false;
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.NotSupported)
        {
            return true;
        }
    }
}
