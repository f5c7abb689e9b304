namespace Net.Api.Containers;

/// <summary>Where on the host a container's port is published.</summary>
public sealed record PortBinding
{
    /// <summary>The host address; empty in a request for all.</summary>
    public string? HostIp { get; init; }

    /// <summary>The host port as decimal text; empty in a request to have one picked.</summary>
    public string? HostPort { get; init; }
}
