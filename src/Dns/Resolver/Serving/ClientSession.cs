using Net.Dns.Resolver.Forwarding;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client of the server: the names that it sees, its upstream servers and its counters. Used in the
/// <see cref="ServingThread"/> alone.</summary>
internal sealed class ClientSession
{
    private readonly IUpstreamSource _source;
    private UpstreamPolicy _policy;

    /// <summary>Makes it, using a group of upstream servers until <see cref="ReleaseUpstreams"/>.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="names">The names that the client sees.</param>
    /// <param name="upstreams">Where its other queries go.</param>
    /// <param name="forwarder">Knows the groups.</param>
    public ClientSession(string key, INameSource names, IUpstreamSource upstreams, Forwarder forwarder)
    {
        Key = key;
        Names = names;
        _source = upstreams;
        _policy = upstreams.Policy;
        Upstreams = forwarder.AcquireGroup(_policy);
    }

    /// <summary>The client's key: a sandbox's id.</summary>
    public string Key { get; }

    /// <summary>The names that the client sees.</summary>
    public INameSource Names { get; }

    /// <summary>The client's counters.</summary>
    public DnsCounters Counters { get; } = new();

    /// <summary>The client's quota of the serving thread.</summary>
    public ClientQuota Quota { get; } = new();

    /// <summary>The upstream servers of the policy that was read last.</summary>
    public UpstreamGroup Upstreams { get; private set; }

    /// <summary>How many bytes of responses wait because the client's TCP connections take none.</summary>
    public long UnsentBytes { get; set; }

    /// <summary>How many of the client's queries were forwarded and have no response yet.</summary>
    public int InFlight { get; set; }

    /// <summary>Reads the client's policy, and changes to the group of that policy when it is another. Allocates nothing when it is
    /// not.</summary>
    public void RefreshUpstreams(Forwarder forwarder)
    {
        UpstreamPolicy policy = _source.Policy;
        if (!ReferenceEquals(policy, _policy))
        {
            UpstreamGroup before = Upstreams;
            Upstreams = forwarder.AcquireGroup(policy);
            before.Release();
            _policy = policy;
        }
    }

    /// <summary>Ends the use of the upstream servers; queries that are in flight go on.</summary>
    public void ReleaseUpstreams() => Upstreams.Release();
}
