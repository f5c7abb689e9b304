using System.Net;
using Net.Cnm.Networks;

namespace Net.Cnm.Ipam;

/// <summary>A subnet that another program, such as Docker Engine, has reserved, with the addresses of it that it has been given. It exists
/// apart from networks: the reservation comes before the network, whose driver may be another program's.</summary>
public sealed record ForeignPool
{
    /// <summary>The id by which the other program names the reservation.</summary>
    public required string Id { get; init; }

    /// <summary>The subnet and its range. Its gateway is among <see cref="Addresses"/>.</summary>
    public required AddressPool Pool { get; init; }

    /// <summary>How often it was reserved and not yet released.</summary>
    public int Claims { get; init; } = 1;

    /// <summary>The gateway that the other program has asked for; null for none yet.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The addresses that the other program has, that of the gateway among them, in the order in which it asked.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];
}
