namespace Net.Api.Networks;

/// <summary>One published port of a network's container, or a run of consecutive ones, and the counters of its firewall rule.</summary>
public sealed record NetworkPublishedPort
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The host address; <c>0.0.0.0</c> or <c>::</c> for all of a family.</summary>
    public required string HostIp { get; init; }

    /// <summary>The host port, or the first and last of a run: <c>8000-8010</c>.</summary>
    public required string HostPort { get; init; }

    /// <summary>The container's port, or the first and last of a run.</summary>
    public required string ContainerPort { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Packets that the NAT rule counted: the first of each connection.</summary>
    public ulong Packets { get; init; }

    /// <summary>Their bytes, IP headers included.</summary>
    public ulong Bytes { get; init; }
}
