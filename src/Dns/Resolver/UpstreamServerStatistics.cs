namespace Net.Dns.Resolver;

/// <summary>How one server has been doing so far.</summary>
/// <param name="Server">Which.</param>
public sealed record UpstreamServerStatistics(UpstreamServer Server)
{
    /// <summary>Times it was asked; a question may be asked more than once.</summary>
    public long Asked { get; init; }

    /// <summary>Answers it gave, also that it cannot help, and late ones.</summary>
    public long Answered { get; init; }

    /// <summary>Times it did not help: no answer before it was the next one's turn, not reachable, SERVFAIL or REFUSED.</summary>
    public long Failed { get; init; }

    /// <summary>Messages that came in its name and were no awaited answer.</summary>
    public long Mismatches { get; init; }

    /// <summary>Whether it is tried last at present, since it was silent or not reachable lately.</summary>
    public bool IsFailing { get; init; }

    /// <summary>Both together.</summary>
    internal static UpstreamServerStatistics Sum(UpstreamServerStatistics left, UpstreamServerStatistics right) => new(left.Server)
    {
        Asked = left.Asked + right.Asked,
        Answered = left.Answered + right.Answered,
        Failed = left.Failed + right.Failed,
        Mismatches = left.Mismatches + right.Mismatches,
        IsFailing = left.IsFailing || right.IsFailing,
    };
}
