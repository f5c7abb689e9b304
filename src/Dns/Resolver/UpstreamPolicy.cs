using System.Collections.Immutable;

namespace Net.Dns.Resolver;

/// <summary>Where the questions of one client go that its name source does not know. Two that say the same are equal, and share a cache.</summary>
public sealed class UpstreamPolicy : IEquatable<UpstreamPolicy>, IUpstreamSource
{
    private UpstreamPolicy(ImmutableArray<UpstreamServer> servers, bool isForbidden)
    {
        Servers = servers;
        IsForbidden = isForbidden;
    }

    /// <summary>Nowhere: unknown names get NXDOMAIN. For a container that has only internal networks.</summary>
    public static UpstreamPolicy Forbidden { get; } = new([], true);

    /// <summary>The servers in the order in which they are tried. None and not <see cref="IsForbidden"/>: unknown names get SERVFAIL.</summary>
    public ImmutableArray<UpstreamServer> Servers { get; }

    /// <summary>Whether nothing may be forwarded.</summary>
    public bool IsForbidden { get; }

    /// <inheritdoc/>
    UpstreamPolicy IUpstreamSource.Policy => this;

    /// <summary>Forwards to these servers.</summary>
    /// <param name="servers">In the order in which they are tried; of more than three the first three are used.</param>
    public static UpstreamPolicy To(params IEnumerable<UpstreamServer> servers) => new([.. servers], false);

    /// <inheritdoc/>
    public bool Equals(UpstreamPolicy? other) => other is not null && IsForbidden == other.IsForbidden && Servers.SequenceEqual(other.Servers);

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
