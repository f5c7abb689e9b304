using System.Collections.Immutable;

namespace Net.Dns.Resolver;

/// <summary>Where those queries of one client go that are not for local names. Clients with equal policies share a cache.</summary>
public sealed class UpstreamPolicy : IEquatable<UpstreamPolicy>, IUpstreamSource
{
    private UpstreamPolicy(ImmutableArray<UpstreamServer> servers, bool isForbidden)
    {
        Servers = servers;
        IsForbidden = isForbidden;
    }

    /// <summary>Forwards nothing: names that are not local get NXDOMAIN. For a container that has only internal networks, and for
    /// which no servers were named.</summary>
    public static UpstreamPolicy Forbidden { get; } = new([], true);

    /// <summary>The servers in the order in which they are tried. When there are none, and it is not <see cref="IsForbidden"/>, queries get
    /// SERVFAIL.</summary>
    public ImmutableArray<UpstreamServer> Servers { get; }

    /// <summary>Whether nothing is forwarded.</summary>
    public bool IsForbidden { get; }

    /// <inheritdoc/>
    UpstreamPolicy IUpstreamSource.Policy => this;

    /// <summary>Forwards to these servers.</summary>
    /// <param name="servers">In the order in which they are tried; of more than three the first three are used.</param>
    public static UpstreamPolicy To(params IEnumerable<UpstreamServer> servers) => new([.. servers], false);

    /// <inheritdoc/>
    public bool Equals(UpstreamPolicy? other) =>
        other is not null && IsForbidden == other.IsForbidden && Servers.SequenceEqual(other.Servers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UpstreamPolicy);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (UpstreamServer server in Servers)
        {
            hash.Add(server);
        }

        return hash.ToHashCode();
    }
}
