using System.Diagnostics;
using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks;

/// <summary>One round of endpoints through the engine.</summary>
internal static class EngineRound
{
    private const string Bridge = "br-bench";
    private static readonly OwnerId Network = new(OwnerKind.Network, new string('a', 64));
    private static readonly MacAddress BridgeMac = MacAddress.Parse("02:42:00:00:00:01");

    /// <summary>Makes the bridge of both sides, dual-stack.</summary>
    public static DesiredStateEngine MakeBridge(HostNamespace host)
    {
        var nothing = new NothingElse();
        var paths = new KernelPaths { NamespaceDirectory = host.Directory + "/netns", NamedNamespaceDirectory = null };
        Directory.CreateDirectory(paths.NamespaceDirectory);
        var engine = new DesiredStateEngine(paths, host.Threads, nothing, nothing, nothing, nothing);
        engine.Apply(new StateChange(
            [
                new BridgeLink { Owner = Network, Name = Bridge, MacAddress = BridgeMac, IPv6 = true, Mtu = 1400 },
                Address(Network, NamespaceRef.Host, Bridge, "172.18.255.254/16"),
                Address(Network, NamespaceRef.Host, Bridge, "2001:db8:1::fffe/64"),
            ],
            [],
            []));
        return engine;
    }

    /// <summary>Microseconds an endpoint.</summary>
    public static double Measure(HostNamespace host, int endpoints)
    {
        using DesiredStateEngine engine = MakeBridge(host);
        StateChange[] changes = [.. Enumerable.Range(1, endpoints).Select(number => Endpoint(host, number))];
        long start = Stopwatch.GetTimestamp();
        foreach (StateChange change in changes)
        {
            engine.Apply(change);
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / endpoints;
    }

    private static StateChange Endpoint(HostNamespace host, int number)
    {
        string tag = number.ToString("x64", CultureInfo.InvariantCulture);
        var endpoint = new OwnerId(OwnerKind.Endpoint, tag);
        var sandbox = new OwnerId(OwnerKind.Sandbox, tag);
        NamespaceRef inside = NamespaceRef.At($"{host.Directory}/netns/c{number}", $"c{number}");
        string ip = string.Create(CultureInfo.InvariantCulture, $"172.18.{number >> 8}.{number & 255}");
        MacAddress mac = MacAddress.FromBytes([2, 0x42, 0xac, 0x12, (byte)(number >> 8), (byte)number]);
        return new StateChange(
            [
                new NamespaceObject { Owner = sandbox, Namespace = inside },
                new VethPair
                {
                    Owner = endpoint,
                    Name = string.Create(CultureInfo.InvariantCulture, $"veth{number:x7}"),
                    Bridge = Bridge,
                    PeerNamespace = inside,
                    PeerName = "eth0",
                    PeerMacAddress = mac,
                    PeerIPv6 = true,
                    Mtu = 1400,
                },
                Address(endpoint, inside, "eth0", ip + "/16"),
                Address(endpoint, inside, "eth0", string.Create(CultureInfo.InvariantCulture, $"2001:db8:1::{number:x}/64")),
                Route(sandbox, inside, "0.0.0.0/0", "172.18.255.254"),
                Route(sandbox, inside, "::/0", "2001:db8:1::fffe"),
                new NeighbourObject
                {
                    Owner = endpoint,
                    Namespace = inside,
                    Link = "eth0",
                    Address = IPAddress.Parse("172.18.255.254"),
                    MacAddress = BridgeMac,
                },
                new NeighbourObject
                {
                    Owner = endpoint,
                    Namespace = NamespaceRef.Host,
                    Link = Bridge,
                    Address = IPAddress.Parse(ip),
                    MacAddress = mac,
                },
            ],
            [],
            []);
    }

    private static LinkAddress Address(OwnerId owner, NamespaceRef where, string link, string address) =>
        new() { Owner = owner, Namespace = where, Link = link, Address = InterfaceAddress.Parse(address) };

    private static RouteObject Route(OwnerId owner, NamespaceRef where, string destination, string gateway) =>
        new()
        {
            Owner = owner,
            Namespace = where,
            Destination = IPNetwork.Parse(destination),
            Gateway = IPAddress.Parse(gateway),
            Link = "eth0",
        };
}
