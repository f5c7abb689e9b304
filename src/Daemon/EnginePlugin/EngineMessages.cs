using System.Text.Json;

namespace Net.Daemon.EnginePlugin;

// The documents that Docker Engine sends. Every field may be missing. Source: daemon/libnetwork/drivers/remote/api and
// daemon/libnetwork/ipams/remote/api of moby; the names of the properties are those of the fields.

/// <summary>The request of a method without one.</summary>
internal sealed record EmptyMessage;

/// <summary>The request <c>NetworkDriver.CreateNetwork</c>, and that of methods about a network alone.</summary>
internal sealed record NetworkMessage
{
    /// <summary>The Engine's id of the network.</summary>
    public string? NetworkID { get; init; }

    /// <summary>The Engine's own settings, and the user's options under <c>com.docker.network.generic</c>.</summary>
    public Dictionary<string, JsonElement>? Options { get; init; }

    /// <summary>The IPv4 subnets.</summary>
    public SubnetMessage[]? IPv4Data { get; init; }

    /// <summary>The IPv6 subnets.</summary>
    public SubnetMessage[]? IPv6Data { get; init; }
}

/// <summary>A subnet of a network. The gateway and the auxiliary addresses have the prefix length of the subnet.</summary>
internal sealed record SubnetMessage(
    string? AddressSpace, string? Pool, string? Gateway, Dictionary<string, string>? AuxAddresses);

/// <summary>The request of a method about an endpoint.</summary>
internal sealed record EndpointMessage
{
    /// <summary>The Engine's id of the network.</summary>
    public string? NetworkID { get; init; }

    /// <summary>The Engine's id of the endpoint.</summary>
    public string? EndpointID { get; init; }

    /// <summary>What the Engine has assigned to the endpoint (CreateEndpoint).</summary>
    public InterfaceMessage? Interface { get; init; }

    /// <summary>The file that stands for the container's network namespace (Join).</summary>
    public string? SandboxKey { get; init; }

    /// <summary>The ports, and the user's options, each under its name.</summary>
    public Dictionary<string, JsonElement>? Options { get; init; }
}

/// <summary>An endpoint's addresses, with prefix lengths; empty for those that are not chosen.</summary>
internal sealed record InterfaceMessage(string? Address, string? AddressIPv6, string? MacAddress);

/// <summary>A port to publish. Proto is the IANA number of the protocol; HostPort 0 is to be chosen.</summary>
internal sealed record PortMessage(int Proto, int Port, string? HostIP, int HostPort, int HostPortEnd);

/// <summary>The request of a method of the IPAM driver.</summary>
internal sealed record IpamMessage
{
    /// <summary>The address space.</summary>
    public string? AddressSpace { get; init; }

    /// <summary>The subnet that is wanted; empty for any.</summary>
    public string? Pool { get; init; }

    /// <summary>The part of the subnet from which addresses are assigned; empty for all of it.</summary>
    public string? SubPool { get; init; }

    /// <summary>Whether an IPv6 subnet is wanted.</summary>
    public bool V6 { get; init; }

    /// <summary>The pool that is asked about.</summary>
    public string? PoolID { get; init; }

    /// <summary>The address that is wanted or released; empty for any.</summary>
    public string? Address { get; init; }

    /// <summary>The user's options of the pool, or what the address is for.</summary>
    public Dictionary<string, string>? Options { get; init; }
}
