namespace Net.Api.Dns;

/// <summary>The address of an upstream server.</summary>
public sealed record DnsServerAddress
{
    /// <summary>Its address, with its port when that is not 53.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it is queried from inside the container's network namespace; otherwise from the host's.</summary>
    public bool AskedInside { get; init; }
}
