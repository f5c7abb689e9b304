using System.Net;

namespace Net.Cnm.Plugins;

/// <summary>What the plug-ins of a network have answered about one endpoint. An endpoint has it from before the first question to a plug-in
/// until the last plug-in has been told that the endpoint is gone.</summary>
public sealed record PluggedEndpoint
{
    /// <summary>Whether all has been answered, so that the endpoint can be made in the kernel.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether the plug-in was asked to join the endpoint to its sandbox, so that it has to be told when the endpoint leaves; true
    /// before the answer. Where <see cref="IsReady"/> is true, it need not be.</summary>
    public bool WasAskedToJoin { get; init; }

    /// <summary>The interface name, in the daemon's namespace, of the link that the plug-in has made for the endpoint; null when the
    /// plug-in has put one into the sandbox itself, or the network's driver is no plug-in.</summary>
    public string? SourceLink { get; init; }

    /// <summary>The prefix of the interface's name in the sandbox; null for the usual one.</summary>
    public string? InterfacePrefix { get; init; }

    /// <summary>The IPv4 gateway; null for none.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The IPv6 gateway; null for none.</summary>
    public IPAddress? GatewayIPv6 { get; init; }

    /// <summary>Further routes of the sandbox by this endpoint; null for none.</summary>
    public IReadOnlyList<PluggedRoute>? Routes { get; init; }

    /// <summary>The IPv4 address that the IPAM plug-in has reserved; null for none.</summary>
    public IPAddress? TakenIPv4 { get; init; }

    /// <summary>The IPv6 address that the IPAM plug-in has reserved; null for none.</summary>
    public IPAddress? TakenIPv6 { get; init; }

    /// <summary>Whether the endpoint's Ethernet address is the plug-in's choice, so that it may choose again at the next start.</summary>
    public bool ChoseEthernetAddress { get; init; }

    /// <summary>Whether the plug-in knows the endpoint as the sandbox's way out.</summary>
    public bool IsWayOut { get; init; }

    /// <summary>The published ports that the plug-in was told of with that, as text to be compared; null when they are not known.</summary>
    public string? ToldPorts { get; init; }
}
