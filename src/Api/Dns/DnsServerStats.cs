namespace Net.Api.Dns;

/// <summary>The statistics of one upstream server.</summary>
public sealed record DnsServerStats
{
    /// <summary>Its address, with its port when that is not 53.</summary>
    public required string Address { get; init; }

    /// <summary>The container from whose network namespace it is queried; null for the host's.</summary>
    public string? Container { get; init; }

    /// <summary>Queries sent to it.</summary>
    public long Asked { get; init; }

    /// <summary>Queries that it answered.</summary>
    public long Answered { get; init; }

    /// <summary>Queries that it did not answer in time, or answered with an error.</summary>
    public long Failed { get; init; }

    /// <summary>Whether it failed recently, so that it is tried last.</summary>
    public bool IsFailing { get; init; }
}
