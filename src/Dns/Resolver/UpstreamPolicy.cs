using System.Collections.Immutable;
using System.Net;

namespace Net.Dns.Resolver;

/// <summary>Where the questions of one client go that its name source does not know.</summary>
public sealed class UpstreamPolicy
{
    private UpstreamPolicy(ImmutableArray<IPEndPoint> servers, bool isForbidden)
    {
        Servers = servers;
        IsForbidden = isForbidden;
    }

    /// <summary>Nowhere: unknown names get NXDOMAIN. For a container that has only internal networks.</summary>
    public static UpstreamPolicy Forbidden { get; } = new([], true);

    /// <summary>The servers in the order in which they are tried, dialled from the daemon's own namespace. None and not
    /// <see cref="IsForbidden"/>: unknown names get SERVFAIL.</summary>
    public ImmutableArray<IPEndPoint> Servers { get; }

    /// <summary>Whether nothing may be forwarded.</summary>
    public bool IsForbidden { get; }

    /// <summary>Forwards to these servers.</summary>
    /// <param name="servers">In the order in which they are tried; of more than three the first three are used.</param>
    public static UpstreamPolicy To(params IEnumerable<IPEndPoint> servers) => new([.. servers], false);
}
