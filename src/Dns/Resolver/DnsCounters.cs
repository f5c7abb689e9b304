namespace Net.Dns.Resolver;

/// <summary>The numbers behind a <see cref="DnsStatistics"/>, counted by any thread.</summary>
internal sealed class DnsCounters
{
    private readonly long[] _counts = new long[(int)Counter.End];

    /// <summary>What is counted: the properties of <see cref="DnsStatistics"/>.</summary>
    internal enum Counter
    {
        Queries,
        Dropped,
        Rejected,
        OwnNames,
        Forbidden,
        Forwarded,
        UpstreamFailures,
        UpstreamMismatches,
        OverLimit,
        TcpConnections,
        TcpRefused,
        SocketErrors,
        NameSourceErrors,
        End,
    }

    /// <summary>Counts one.</summary>
    internal void Add(Counter counter) => Interlocked.Increment(ref _counts[(int)counter]);

    /// <summary>Counts a message by what the responder did with it. One that is to be forwarded is counted when it is known to be.</summary>
    internal void Add(ResponderOutcome outcome)
    {
        Add(Counter.Queries);
        if (outcome != ResponderOutcome.Forward)
        {
            Add(outcome switch
            {
                ResponderOutcome.Dropped => Counter.Dropped,
                ResponderOutcome.Rejected => Counter.Rejected,
                ResponderOutcome.OwnName => Counter.OwnNames,
                _ => Counter.Forbidden,
            });
        }
    }

    /// <summary>The numbers as they are now; each for itself, not all at one instant.</summary>
    internal DnsStatistics Read() => new()
    {
        Queries = Get(Counter.Queries),
        Dropped = Get(Counter.Dropped),
        Rejected = Get(Counter.Rejected),
        OwnNames = Get(Counter.OwnNames),
        Forbidden = Get(Counter.Forbidden),
        Forwarded = Get(Counter.Forwarded),
        UpstreamFailures = Get(Counter.UpstreamFailures),
        UpstreamMismatches = Get(Counter.UpstreamMismatches),
        OverLimit = Get(Counter.OverLimit),
        TcpConnections = Get(Counter.TcpConnections),
        TcpRefused = Get(Counter.TcpRefused),
        SocketErrors = Get(Counter.SocketErrors),
        NameSourceErrors = Get(Counter.NameSourceErrors),
    };

    private long Get(Counter counter) => Interlocked.Read(ref _counts[(int)counter]);
}
