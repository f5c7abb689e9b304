using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>What a published port is made of, for one container on one bridge.</summary>
internal static class BenchPort
{
    public const string Bridge = "br-bench";
    public const string Container = "172.18.0.2";
    public const ushort ContainerPort = 80;

    private static readonly OwnerId Owner = new(OwnerKind.Endpoint, new string('b', 64));

    /// <summary>The bridge's own policy.</summary>
    public static BridgePolicy Network { get; } = new() { Owner = Owner, Bridge = Bridge, IPv4 = IPNetwork.Parse("172.18.0.0/16") };

    /// <summary>Single ports from a first one on, each with the socket that holds it.</summary>
    public static IReadOnlyList<DesiredObject> Many(int first, int count) =>
        [.. Enumerable.Range(first, count).SelectMany(port => (DesiredObject[])[Held((ushort)port), Rule((ushort)port)])];

    /// <summary>One port's rule.</summary>
    public static PublishedPort Rule(ushort port) => new()
    {
        Owner = Owner,
        Bridge = Bridge,
        Protocol = PortProtocol.Tcp,
        HostAddress = IPAddress.Any,
        HostPort = port,
        ContainerAddress = IPAddress.Parse(Container),
        ContainerPort = ContainerPort,
    };

    private static HeldPort Held(ushort port) => new() { Owner = Owner, Address = IPAddress.Any, Port = port, Protocol = PortProtocol.Tcp };
}
