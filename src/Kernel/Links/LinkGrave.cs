using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Buries links: a buried one is down, off its bridge and without a tag, and its name is free. To delete it is left to the
/// <see cref="Gravedigger"/>.</summary>
/// <remarks>To delete a link takes the kernel some 20 ms, since it waits until no processor uses it any more (netdev_run_todo in
/// net/core/dev.c); to bury it takes a fraction of one. IPv4 addresses of a link that is down still count: whoever buries it has removed
/// them before.</remarks>
internal static class LinkGrave
{
    /// <summary>Whether the link is buried.</summary>
    public static bool Is(LinkMessage link) => link.Group == LinkMark.GraveGroup;

    /// <summary>Buries links of one namespace.</summary>
    /// <returns>Those that the kernel refused to bury.</returns>
    public static IReadOnlyList<LinkMessage> Bury(NetlinkConnection connection, IReadOnlyList<LinkMessage> links)
    {
        IReadOnlyList<PipelineResult> results = connection.Pipeline([.. links.SelectMany(Requests)]);
        return [.. links.Where((_, i) => IsRefused(results[2 * i]) || IsRefused(results[(2 * i) + 1]))];
    }

    /// <summary>Buries the end of a veth pair that is in a sandbox, if it is there: another link can have its name at once.</summary>
    /// <param name="session">The way into the sandbox.</param>
    /// <param name="host">The end in the daemon's namespace.</param>
    /// <param name="sandbox">The sandbox's namespace.</param>
    /// <param name="name">The name that the end was given there.</param>
    public static void BuryOtherEnd(KernelSession session, LinkMessage host, NamespaceRef sandbox, string name)
    {
        try
        {
            NetlinkConnection inside = session.Connection(sandbox);
            if (inside.GetLink(name) is { } end && VethCreation.IsWhole(host, end))
            {
                Bury(inside, [end]);
            }
        }
        catch (Exception error) when (KernelErrors.IsAlreadyGone(error))
        {
            // The sandbox has ended, and the link goes with it.
        }
    }

    // A link's index is no other's in that namespace, and so is the name. Kernels before 6.2 rename no link that is up.
    private static IEnumerable<NetlinkRequest> Requests(LinkMessage link) =>
    [
        LinkRequests.Change(new LinkMessage
        {
            Header = new LinkHeader(RouteFamily.Unspecified, 0, link.Index, LinkFlags.None, LinkFlags.Up),
            MasterIndex = link.MasterIndex is null ? null : 0,
            Group = LinkMark.GraveGroup,
            Alias = string.IsNullOrEmpty(link.Alias) ? null : "",
        }),
        LinkRequests.Rename(link.Index, string.Create(CultureInfo.InvariantCulture, $"grave{link.Index}")),
    ];

    private static bool IsRefused(PipelineResult result) => result.Error is { } error && !KernelErrors.IsAlreadyGone(error);
}
