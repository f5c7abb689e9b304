namespace Net.Api.Containers;

/// <summary>Consecutive host ports whose connections the daemon forwards. The container sees an address of the host instead of the
/// client's.</summary>
public sealed record ForwardedPort
{
    /// <summary>The address that clients connect to: <c>::1</c> when only connections to it are forwarded, <c>::</c> when all IPv6
    /// connections are.</summary>
    public required string HostIp { get; init; }

    /// <summary>The first host port.</summary>
    public ushort HostPort { get; init; }

    /// <summary>The number of consecutive ports.</summary>
    public ushort Count { get; init; }

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public required string Type { get; init; }
}
