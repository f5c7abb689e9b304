namespace Net.Api.Dns;

/// <summary>An upstream server.</summary>
public sealed record DnsServerAddress
{
    /// <summary>Its address, with its port when that is not 53.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it is asked from inside the container's network; otherwise from the host's.</summary>
    public bool AskedInside { get; init; }
}
