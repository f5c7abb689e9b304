namespace Net.Plugins.Wire;

// The documents of the protocol. Source: daemon/libnetwork/drivers/remote/api and daemon/libnetwork/ipams/remote/api of moby. The names of
// the properties are those of the fields.

/// <summary>NAME.json, which says where a plug-in answers.</summary>
internal sealed record PluginDescription(string? Name, string? Addr, PluginTlsDescription? TLSConfig);

/// <summary>The part of NAME.json about TLS.</summary>
internal sealed record PluginTlsDescription(bool InsecureSkipVerify, string? CAFile, string? CertFile, string? KeyFile);

/// <summary>The answer to <c>Plugin.Activate</c>.</summary>
internal sealed record ActivateAnswer : PluginAnswer
{
    /// <summary>The kinds of plug-in that it is: NetworkDriver, IpamDriver.</summary>
    public string[]? Implements { get; init; }
}

/// <summary>The answer to <c>NetworkDriver.GetCapabilities</c>.</summary>
internal sealed record NetworkCapabilitiesAnswer : PluginAnswer
{
    /// <summary>local or global.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether it is asked which gateway addresses a network needs.</summary>
    public bool GwAllocChecker { get; init; }
}

/// <summary>The request <c>NetworkDriver.GwAllocCheck</c>.</summary>
internal sealed record GatewayCheckRequest(NetworkOptions Options);

/// <summary>The answer to <c>NetworkDriver.GwAllocCheck</c>.</summary>
internal sealed record GatewayCheckAnswer : PluginAnswer
{
    /// <summary>Whether IPv4 subnets need no gateway address.</summary>
    public bool SkipIPv4 { get; init; }

    /// <summary>Whether IPv6 subnets need no gateway address.</summary>
    public bool SkipIPv6 { get; init; }
}

/// <summary>A subnet of a network, as the driver is told of it.</summary>
internal sealed record IpamData(string AddressSpace, string Pool, string? Gateway, IReadOnlyDictionary<string, string>? AuxAddresses);

/// <summary>The request <c>NetworkDriver.CreateNetwork</c>.</summary>
internal sealed record CreateNetworkRequest(
    string NetworkID, NetworkOptions Options, IReadOnlyList<IpamData> IPv4Data, IReadOnlyList<IpamData> IPv6Data);

/// <summary>The request of a method that is about a network alone.</summary>
internal sealed record NetworkRequest(string NetworkID);

/// <summary>The request of a method that is about an endpoint alone.</summary>
internal sealed record EndpointRequest(string NetworkID, string EndpointID);

/// <summary>An endpoint's addresses, empty for those that are not chosen.</summary>
internal sealed record EndpointInterface(string? Address, string? AddressIPv6, string? MacAddress);

/// <summary>The request <c>NetworkDriver.CreateEndpoint</c>.</summary>
internal sealed record CreateEndpointRequest(
    string NetworkID, string EndpointID, EndpointInterface Interface, IReadOnlyDictionary<string, object> Options);

/// <summary>The answer to <c>NetworkDriver.CreateEndpoint</c>.</summary>
internal sealed record CreateEndpointAnswer : PluginAnswer
{
    /// <summary>What the plug-in has chosen; null for nothing.</summary>
    public EndpointInterface? Interface { get; init; }
}

/// <summary>The request <c>NetworkDriver.Join</c>.</summary>
internal sealed record JoinRequest(
    string NetworkID, string EndpointID, string SandboxKey, IReadOnlyDictionary<string, object> Options);

/// <summary>The link of an endpoint: its name in the daemon's namespace, and the prefix of its name in the sandbox.</summary>
internal sealed record JoinInterface(string? SrcName, string? DstPrefix);

/// <summary>A route that the plug-in wants: RouteType 0 by a next hop, 1 for a subnet on the link.</summary>
internal sealed record JoinRoute(string? Destination, int RouteType, string? NextHop);

/// <summary>The answer to <c>NetworkDriver.Join</c>.</summary>
internal sealed record JoinAnswer : PluginAnswer
{
    /// <summary>The link; null when the plug-in has put it into the sandbox itself.</summary>
    public JoinInterface? InterfaceName { get; init; }

    /// <summary>The IPv4 gateway, empty for none.</summary>
    public string? Gateway { get; init; }

    /// <summary>The IPv6 gateway, empty for none.</summary>
    public string? GatewayIPv6 { get; init; }

    /// <summary>Further routes.</summary>
    public JoinRoute?[]? StaticRoutes { get; init; }

    /// <summary>Whether the endpoint is never the way out.</summary>
    public bool DisableGatewayService { get; init; }
}

/// <summary>The request <c>NetworkDriver.ProgramExternalConnectivity</c>.</summary>
internal sealed record ConnectivityRequest(string NetworkID, string EndpointID, IReadOnlyDictionary<string, object> Options);

/// <summary>A port to publish. Proto is the IANA number of the protocol; HostPort 0 is for the plug-in to choose.</summary>
internal sealed record PortMap(int Proto, string IP, int Port, string HostIP, int HostPort, int HostPortEnd);

/// <summary>A port that is served.</summary>
internal sealed record ServedPort(int Proto, int Port);

/// <summary>The answer to <c>IpamDriver.GetCapabilities</c>.</summary>
internal sealed record IpamCapabilitiesAnswer : PluginAnswer
{
    /// <summary>Whether a request for an address must have the endpoint's Ethernet address.</summary>
    public bool RequiresMACAddress { get; init; }

    /// <summary>Whether the plug-in has to be told again of all reservations when the daemon starts.</summary>
    public bool RequiresRequestReplay { get; init; }
}

/// <summary>The answer to <c>IpamDriver.GetDefaultAddressSpaces</c>.</summary>
internal sealed record AddressSpacesAnswer : PluginAnswer
{
    /// <summary>The address space of networks of one host.</summary>
    public string? LocalDefaultAddressSpace { get; init; }

    /// <summary>The address space of networks that span hosts.</summary>
    public string? GlobalDefaultAddressSpace { get; init; }
}

/// <summary>The request <c>IpamDriver.RequestPool</c>; SubPool is the range, V6 the family.</summary>
internal sealed record RequestPoolRequest(
    string AddressSpace, string Pool, string SubPool, IReadOnlyDictionary<string, string> Options, bool V6);

/// <summary>The answer to <c>IpamDriver.RequestPool</c>.</summary>
internal sealed record RequestPoolAnswer : PluginAnswer
{
    /// <summary>The pool's id.</summary>
    public string? PoolID { get; init; }

    /// <summary>The subnet.</summary>
    public string? Pool { get; init; }

    /// <summary>Further data, such as the gateway under com.docker.network.gateway.</summary>
    public Dictionary<string, string>? Data { get; init; }
}

/// <summary>The request <c>IpamDriver.ReleasePool</c>.</summary>
internal sealed record ReleasePoolRequest(string PoolID);

/// <summary>The request <c>IpamDriver.RequestAddress</c>; an empty address is for the plug-in to choose.</summary>
internal sealed record RequestAddressRequest(string PoolID, string Address, IReadOnlyDictionary<string, string>? Options);

/// <summary>The answer to <c>IpamDriver.RequestAddress</c>.</summary>
internal sealed record RequestAddressAnswer : PluginAnswer
{
    /// <summary>The address with its prefix length.</summary>
    public string? Address { get; init; }
}

/// <summary>The request <c>IpamDriver.ReleaseAddress</c>.</summary>
internal sealed record ReleaseAddressRequest(string PoolID, string Address);
