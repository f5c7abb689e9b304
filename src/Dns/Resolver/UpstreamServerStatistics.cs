namespace Net.Dns.Resolver;

/// <summary>The statistics of one upstream server.</summary>
/// <param name="Server">The server.</param>
public sealed record UpstreamServerStatistics(UpstreamServer Server)
{
    /// <summary>Queries sent to it; one query may be sent more than once.</summary>
    public long Asked { get; init; }

    /// <summary>Responses received from it, including failures and late ones.</summary>
    public long Answered { get; init; }

    /// <summary>Queries with which it did not help: no response before the next server was asked, not reachable, SERVFAIL or
    /// REFUSED.</summary>
    public long Failed { get; init; }

    /// <summary>Messages that came from its address and were no expected response.</summary>
    public long Mismatches { get; init; }

    /// <summary>Whether it is tried after the others at present, because it did not respond lately.</summary>
    public bool IsFailing { get; init; }

    /// <summary>The statistics of two threads together.</summary>
    internal static UpstreamServerStatistics Sum(UpstreamServerStatistics left, UpstreamServerStatistics right) => new(left.Server)
    {
        Asked = left.Asked + right.Asked,
        Answered = left.Answered + right.Answered,
        Failed = left.Failed + right.Failed,
        Mismatches = left.Mismatches + right.Mismatches,
        IsFailing = left.IsFailing || right.IsFailing,
    };
}
