using Net.Cnm.Identifiers;

namespace Net.Cnm.Networks;

/// <summary>A CNM network with every choice made. Immutable: a change is a new value, owned by the controller.</summary>
public sealed record Network
{
    /// <summary>Its id, which also names its kernel objects.</summary>
    public required NetworkId Id { get; init; }

    /// <summary>Its unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver's name: bridge, host, null ...</summary>
    public required string Driver { get; init; }

    /// <summary>How far it reaches.</summary>
    public NetworkScope Scope { get; init; } = NetworkScope.Local;

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Whether nothing outside it can be reached.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether its endpoints get IPv4 addresses.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Whether its endpoints get IPv6 addresses.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>
    /// MTU in bytes of the way out when the network was made, or null. Kept, so that a way out that changes later does not change links
    /// that carry traffic.
    /// </summary>
    public int? EgressMtu { get; init; }

    /// <summary>The IPAM driver's name.</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>Its subnets: at most one a family for a bridge.</summary>
    public IReadOnlyList<AddressPool> Pools { get; init; } = [];

    /// <summary>Options for the driver as asked for, kept to be shown; the driver reads them once, in <c>Open</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is one of bridge, host and none, which always exist and cannot be removed.</summary>
    public bool IsPredefined { get; init; }

    /// <summary>Whether it is the default network <c>bridge</c>, which has no names in DNS.</summary>
    public bool IsDefaultBridge => IsPredefined && Driver == "bridge";
}
