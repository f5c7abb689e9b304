namespace Net.Dns.Resolver;

/// <summary>One client's counters, from which a <see cref="DnsStatistics"/> is made: incremented by one thread, read by any.</summary>
internal sealed class DnsCounters
{
    private readonly long[] _counts = new long[(int)Counter.End];

    /// <summary>The counters, named as the properties of <see cref="DnsStatistics"/>.</summary>
    internal enum Counter
    {
        Queries,
        Dropped,
        Rejected,
        OwnNames,
        Forbidden,
        Cached,
        Forwarded,
        Joined,
        TcpRetries,
        UpstreamFailures,
        UpstreamMismatches,
        OverLimit,
        TcpConnections,
        TcpRefused,
        SocketErrors,
        NameSourceErrors,
        End,
    }

    /// <summary>Increments a counter.</summary>
    internal void Add(Counter counter)
    {
        ref long count = ref _counts[(int)counter];
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Counts a message by its outcome.</summary>
    internal void Add(ResponderOutcome outcome)
    {
        Add(Counter.Queries);
        Add(outcome switch
        {
            ResponderOutcome.Dropped => Counter.Dropped,
            ResponderOutcome.Rejected => Counter.Rejected,
            ResponderOutcome.OwnName => Counter.OwnNames,
            ResponderOutcome.Forbidden => Counter.Forbidden,
            ResponderOutcome.Cached => Counter.Cached,
            ResponderOutcome.OverLimit => Counter.OverLimit,
            ResponderOutcome.Failed => Counter.NameSourceErrors,
            _ => Counter.Forwarded,
        });
    }

    /// <summary>The present values; they are not read all at one instant.</summary>
    internal DnsStatistics Read() => new()
    {
        Queries = Get(Counter.Queries),
        Dropped = Get(Counter.Dropped),
        Rejected = Get(Counter.Rejected),
        OwnNames = Get(Counter.OwnNames),
        Forbidden = Get(Counter.Forbidden),
        Cached = Get(Counter.Cached),
        Forwarded = Get(Counter.Forwarded),
        Joined = Get(Counter.Joined),
        TcpRetries = Get(Counter.TcpRetries),
        UpstreamFailures = Get(Counter.UpstreamFailures),
        UpstreamMismatches = Get(Counter.UpstreamMismatches),
        OverLimit = Get(Counter.OverLimit),
        TcpConnections = Get(Counter.TcpConnections),
        TcpRefused = Get(Counter.TcpRefused),
        SocketErrors = Get(Counter.SocketErrors),
        NameSourceErrors = Get(Counter.NameSourceErrors),
    };

    private long Get(Counter counter) => Volatile.Read(ref _counts[(int)counter]);
}
