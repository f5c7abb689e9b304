namespace Net.Api.Containers;

/// <summary>Host ports whose connections the daemon forwards: the container sees an address of the host instead of the client's.</summary>
public sealed record ForwardedPort
{
    /// <summary>The address that clients connect to: <c>::1</c> where only what comes to it is forwarded, <c>::</c> where all IPv6 is.</summary>
    public required string HostIp { get; init; }

    /// <summary>The first host port.</summary>
    public ushort HostPort { get; init; }

    /// <summary>How many consecutive ones.</summary>
    public ushort Count { get; init; }

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public required string Type { get; init; }
}
