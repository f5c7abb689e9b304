using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Firewalls;

/// <summary>Two containers of a bridge without inter-container communication that may talk all the same: the one to one port of the other,
/// and back.</summary>
public sealed record LinkPolicy : FirewallPolicy
{
    /// <summary>The bridge that both are on.</summary>
    public required string Bridge { get; init; }

    /// <summary>The address that connections come from.</summary>
    public required IPAddress Client { get; init; }

    /// <summary>The address they go to, of the same family.</summary>
    public required IPAddress Server { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The port they go to.</summary>
    public required ushort Port { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-link:{Client}-{Server}:{Port}/{Protocol.ToWord()}";
}
