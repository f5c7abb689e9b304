using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Daemon.Usage;

/// <summary>Reads the counters of the links in containers' network namespaces.</summary>
/// <param name="threads">Enters namespaces.</param>
/// <param name="root">Where namespaces are bound.</param>
internal sealed class SandboxCounters(NamespaceThread threads, ExecRoot root)
{
    private const string Loopback = "lo";

    /// <summary>Reads the counters of all links but lo, by name.</summary>
    /// <param name="holder">The sandbox whose namespace it is.</param>
    /// <returns>Empty when the namespace has gone.</returns>
    public IReadOnlyDictionary<string, LinkStatistics> Read(SandboxId holder)
    {
        var counters = new Dictionary<string, LinkStatistics>(StringComparer.Ordinal);
        try
        {
            using NetworkNamespace inside = threads.Open(root.NamespacePath(holder));
            using var connection = NetlinkConnection.Open(NetlinkProtocol.Route, inside);
            foreach (NetlinkReply reply in connection.Dump(LinkStatistics.Dump()))
            {
                LinkMessage link = LinkMessage.Decode(reply.Payload.Span);
                if (link.Name is { } name && name != Loopback && LinkStatistics.Of(link) is { } statistics)
                {
                    counters[name] = statistics;
                }
            }
        }
        catch (LinuxException)
        {
            // The container has ended meanwhile.
        }

        return counters;
    }
}
