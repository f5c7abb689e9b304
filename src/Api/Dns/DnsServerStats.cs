namespace Net.Api.Dns;

/// <summary>What one upstream server has done.</summary>
public sealed record DnsServerStats
{
    /// <summary>Its address, with its port when that is not 53.</summary>
    public required string Address { get; init; }

    /// <summary>The container from inside whose network it is asked; null: from the host's.</summary>
    public string? Container { get; init; }

    /// <summary>Questions that it was asked.</summary>
    public long Asked { get; init; }

    /// <summary>Those that it answered.</summary>
    public long Answered { get; init; }

    /// <summary>Those that it did not answer in time, or could not.</summary>
    public long Failed { get; init; }

    /// <summary>Whether it failed lately, and is tried last.</summary>
    public bool IsFailing { get; init; }
}
