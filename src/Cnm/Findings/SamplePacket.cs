using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Findings;

/// <summary>A packet that our rules let through on its way between the outside and a container, or between two containers. What is null may
/// have any value.</summary>
public sealed record SamplePacket
{
    /// <summary>What it belongs to, for the finding: <c>network front</c> or <c>container web</c>.</summary>
    public required string Object { get; init; }

    /// <summary>What it is, for the finding: <c>what comes in for port 8080/tcp</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Whether it takes the host's first way out. Another one may be closed to containers on purpose.</summary>
    public bool IsByFirstWay { get; init; } = true;

    /// <summary>Whether it is an IPv6 packet.</summary>
    public bool IsIPv6 { get; init; }

    /// <summary>The link that it comes in by.</summary>
    public required string InLink { get; init; }

    /// <summary>The link that it leaves by.</summary>
    public required string OutLink { get; init; }

    /// <summary>The source address.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The destination address before translation.</summary>
    public IPAddress? FirstDestination { get; init; }

    /// <summary>The destination address after translation.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>The transport protocol.</summary>
    public PortProtocol? Protocol { get; init; }

    /// <summary>The destination port before translation.</summary>
    public ushort? FirstPort { get; init; }

    /// <summary>The destination port after translation.</summary>
    public ushort? Port { get; init; }

    /// <summary>Whether it is an answer on a connection that is known; otherwise the first packet of one.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether its destination is translated.</summary>
    public bool IsTranslated { get; init; }

    /// <summary>Whether it stays inside one bridge, so that the rules see it only where br_netfilter passes bridged frames to
    /// them.</summary>
    public bool IsBridged { get; init; }
}
