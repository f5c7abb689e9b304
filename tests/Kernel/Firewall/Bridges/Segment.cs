using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Linux;
using Net.Tests.TestKit;
using PacketDotNet;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>A bridge with two containers, 1 and 2, whose frames are built and looked at one by one.</summary>
internal sealed class Segment : IDisposable
{
    public const string Bridge = "br-x";

    private readonly NetworkNamespace[] _places;
    private readonly FrameSocket[] _sockets;
    private int _rounds;

    public Segment(HostNamespace host, int bridgeNetfilter)
    {
        Command.Run("sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0"
            + " net.ipv6.conf.default.router_solicitations=0");
        Command.Run($"ip link add {Bridge} address {Gateway} type bridge");
        Command.Run($"ip addr add 172.18.0.1/24 dev {Bridge}");
        Command.Run($"ip link set {Bridge} up");
        _places = [.. new[] { 1, 2 }.Select(number => Container(host, number))];
        if (File.Exists("/proc/sys/net/bridge/bridge-nf-call-iptables"))
        {
            Command.Run($"sysctl -qw net.bridge.bridge-nf-call-iptables={bridgeNetfilter}"
                + $" net.bridge.bridge-nf-call-ip6tables={bridgeNetfilter}");
        }

        Wires.WaitUntilReady();
        _sockets = [.. _places.Select((place, i) => FrameSocket.Open(place, IndexOf(i + 1)))];
    }

    public static string Gateway => "02:42:00:00:00:fe";

    public static string Mac(int number) => $"02:42:00:00:00:0{number}";

    public static string Address(int number) => $"172.18.0.{number + 1}";

    public static string Address6(int number) => $"fd00:a::{number + 1}";

    public static string LinkLocal(int number) => $"fe80::42:ff:fe00:{number}";

    public static EndpointPolicy Endpoint(int number) => new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string((char)('0' + number), 64))),
        Bridge = Bridge,
        HostLink = $"v-c{number}",
        MacAddress = MacAddress.Parse(Mac(number)),
        IPv4 = IPAddress.Parse(Address(number)),
        IPv6 = IPAddress.Parse(Address6(number)),
    };

    /// <summary>Which of the frames that container 1 sends arrive at container 2.</summary>
    public bool[] Arrive(IReadOnlyList<byte[]> frames)
    {
        // It passes whatever else is stopped.
        byte[] last = Frame.Arp(Mac(1), ArpOperation.Request, Mac(1), Address(1), $"172.18.1.{++_rounds}");
        foreach (byte[] frame in frames)
        {
            _sockets[0].Send(frame);
        }

        _sockets[0].Send(last);
        IReadOnlyList<byte[]> arrived = _sockets[1].ReceiveUntil(last);
        return [.. frames.Select(Frame.WithoutOuterTag).Select(frame => arrived.Any(other => other.AsSpan().SequenceEqual(frame)))];
    }

    public void Send(byte[] frame) => _sockets[0].Send(frame);

    public void Dispose()
    {
        foreach (IDisposable open in _sockets.Concat<IDisposable>(_places))
        {
            open.Dispose();
        }
    }

    private static int IndexOf(int number) => Command.Json($"ip -n c{number} -j link show eth0")[0].GetProperty("ifindex").GetInt32();

    private static NetworkNamespace Container(HostNamespace host, int number)
    {
        NetworkNamespace place = host.NewNamespace($"c{number}");
        Command.Run($"ip link add v-c{number} type veth peer name eth0 address {Mac(number)} netns c{number}");
        Command.Run($"ip link set v-c{number} master {Bridge} up");
        Command.Run($"ip -n c{number} addr add {Address(number)}/24 dev eth0");
        Command.Run($"ip -n c{number} addr add {Address6(number)}/64 dev eth0 nodad");
        Command.Run($"ip -n c{number} link set eth0 up");
        return place;
    }
}
