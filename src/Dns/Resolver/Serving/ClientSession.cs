using Net.Dns.Resolver.Forwarding;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client of the server: its view of the names, its way out, its numbers. Changed in the <see cref="ServingThread"/> alone.</summary>
internal sealed class ClientSession(string key, INameSource names)
{
    /// <summary>What the server's user calls it.</summary>
    public string Key => key;

    /// <summary>The names it may see.</summary>
    public INameSource Names => names;

    /// <summary>Its numbers.</summary>
    public DnsCounters Counters { get; } = new();

    /// <summary>Its part of the serving thread.</summary>
    public Share Share { get; } = new();

    /// <summary>Its way out; the next question goes by the new one.</summary>
    public required UpstreamGroup Upstreams { get; set; }

    /// <summary>How much of the answers to it waits because its connections take none, in bytes.</summary>
    public long Unsent { get; set; }

    /// <summary>How many of its questions were sent on and have no answer yet.</summary>
    public int InFlight { get; set; }
}
