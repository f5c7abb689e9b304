namespace Net.Controller.Requests;

/// <summary>A request to create a network, before anything is chosen.</summary>
public sealed record NetworkCreateRequest
{
    /// <summary>The name, unique among networks.</summary>
    public required string Name { get; init; }

    /// <summary>The driver's name.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Whether its containers cannot reach anything outside it.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether it is to be shown as attachable.</summary>
    public bool Attachable { get; init; }

    /// <summary>Whether its endpoints get IPv4 addresses.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Whether its endpoints get IPv6 addresses.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>The IPAM driver's name.</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>Options for the IPAM driver.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The requested subnets, at most one for each address family. A subnet is chosen for an enabled family without one.</summary>
    public IReadOnlyList<SubnetRequest> Subnets { get; init; } = [];

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
