using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>Finds links of ours that another program has renamed, by the owner's tag, and gives them their names back. Made anew, a link
/// would come without its addresses, ports and neighbours, and traffic would stop.</summary>
internal static class LinkNaming
{
    /// <summary>The owner's link of that kind among these; null when there is none.</summary>
    public static LinkMessage? FindByTag(IEnumerable<LinkMessage> links, OwnerId owner, string kind) =>
        links.FirstOrDefault(link => LinkMark.IsOurs(link) && link.Alias == owner.Tag && link.Info?.Kind == kind);

    /// <summary>Reports a link that is there under another name, which makes it different and no leftover.</summary>
    /// <param name="what">The words for the link in the report: "it" or "its host end".</param>
    /// <returns>The deviation in words.</returns>
    public static string Report(LinkMessage link, string what, DifferenceBuilder difference)
    {
        difference.Renamed(link.Name!);
        return $"{what} is called {link.Name}";
    }

    /// <summary>The step that gives the owner's link its name back; it does nothing when a link has that name.</summary>
    public static ActionStep Restore(ApplyPhase phase, DesiredObject subject, string name, string kind) => new(phase, subject, () => "")
    {
        Do = session =>
        {
            NetlinkConnection host = session.Connection(NamespaceRef.Host);
            if (host.GetLink(name) is null && FindByTag(host.DumpLinks(), subject.Owner, kind) is { } link)
            {
                Rename(host, link, name);
                session.ForgetLinks();
            }

            return null;
        },
    };

    private static void Rename(NetlinkConnection host, LinkMessage link, string name)
    {
        try
        {
            host.Execute(LinkRequests.Rename(link.Index, name));
        }
        catch (NetlinkException error) when (error.Errno == Errno.Busy)
        {
            // Kernels before 6.2 rename links that are down only.
            host.Execute(LinkRequests.SetUp(link.Index, up: false));
            host.Execute(LinkRequests.Rename(link.Index, name));
            host.Execute(LinkRequests.SetUp(link.Index, up: true));
        }
    }
}
