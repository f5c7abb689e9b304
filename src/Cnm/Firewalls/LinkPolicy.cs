using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Firewalls;

/// <summary>An exception for two containers on a bridge without inter-container communication: connections from one of them to one port of
/// the other are allowed, with their replies.</summary>
public sealed record LinkPolicy : FirewallPolicy
{
    /// <summary>The interface name of the bridge that both containers are on.</summary>
    public required string Bridge { get; init; }

    /// <summary>The address of the container that opens connections.</summary>
    public required IPAddress Client { get; init; }

    /// <summary>The address of the container that accepts them, of the same family.</summary>
    public required IPAddress Server { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The destination port of the connections.</summary>
    public required ushort Port { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-link:{Client}-{Server}:{Port}/{Protocol.ToWord()}";
}
