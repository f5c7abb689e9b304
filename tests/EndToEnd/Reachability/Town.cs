using System.Text.Json;
using Net.Linux;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>A throw-away host whose places can be entered: itself, the neighbour on its wire, containers, and a stranger plugged into a
/// bridge.</summary>
internal sealed class Town : IDisposable
{
    private readonly NamespaceThread _threads;
    private readonly Dictionary<string, NetworkNamespace> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _addresses = new(StringComparer.Ordinal);
    private readonly List<Responder> _responders = [];

    private Town(TestHost host)
    {
        RuntimePrimer.Prime();
        _threads = new NamespaceThread();
        Host = host;
        Add("host", _threads.Open($"/proc/{host.HolderId}/ns/net"));
        Add("out", Named("outside"));
    }

    public TestHost Host { get; }

    /// <summary>Makes a host with IPv6 on its wire, and a neighbour who routes everything through it, 127.0.0.0/8 too.</summary>
    /// <param name="backend">The firewall backend.</param>
    /// <param name="bridgeNetfilter">1 where frames of bridges pass iptables.</param>
    /// <param name="prepare">What is done to the host before the daemon starts.</param>
    /// <param name="flags">Further flags of the daemon.</param>
    public static Town Create(
        string backend, int bridgeNetfilter = 0, Action<TestHost>? prepare = null, IReadOnlyList<string>? flags = null)
    {
        TestHost host = TestHost.Create();
        prepare?.Invoke(host);
        host.Shell(
            $"""
            ip address add 2001:db8::1/64 dev lan nodad
            sysctl -qw net.ipv4.conf.lan.route_localnet=1
            ip -n outside address add 2001:db8::2/64 dev lan nodad
            ip -n outside route add 172.16.0.0/12 via 192.0.2.1
            ip -n outside route add fd00::/8 via 2001:db8::1
            ip -n outside address del 127.0.0.1/8 dev lo
            ip netns exec outside sysctl -qw net.ipv4.conf.all.route_localnet=1
            ip -n outside route add 127.0.0.0/8 via 192.0.2.1
            test ! -e /proc/sys/net/bridge || sysctl -qw net.bridge.bridge-nf-call-iptables={bridgeNetfilter} \
              net.bridge.bridge-nf-call-ip6tables={bridgeNetfilter}
            """);
        var town = new Town(host);
        host.StartDaemon(["--firewall-backend", backend, .. flags ?? []]);
        return town;
    }

    public NetworkNamespace PlaceOf(string name) => _places[name];

    /// <summary>All addresses that a place has.</summary>
    public IReadOnlySet<string> AddressesOf(string name)
    {
        if (!_addresses.TryGetValue(name, out HashSet<string>? addresses))
        {
            string program = name == "host"
                ? Host.Shell("ip -j address")
                : Host.Shell($"nsenter --net={PathSeenInHost(name)} ip -j address");
            _addresses[name] = addresses =
            [
                .. JsonDocument.Parse(program).RootElement.EnumerateArray()
                    .SelectMany(link => link.GetProperty("addr_info").EnumerateArray())
                    .Select(address => address.GetProperty("local").GetString()!),
            ];
        }

        return addresses;
    }

    /// <summary>Makes a container without a command, and a place of it.</summary>
    public void Container(string name, params string[] flags)
    {
        string id = Host.NetctlOk(["create", "--name", name, .. flags]);
        _addresses.Clear(); // the host's gateways may be others now
        Add(name, _threads.Open($"/proc/{Host.HolderId}/root{Host.ExecRoot}/netns/{id}"));
    }

    /// <summary>Makes a place of the network namespace that a container has now: another one than before it was stopped.</summary>
    public void Enter(string name, string container)
    {
        string id = Host.NetctlOk("inspect", "-f", "{{.Id}}", container);
        Add(name, _threads.Open($"/proc/{Host.HolderId}/root{Host.ExecRoot}/netns/{id}"));
    }

    /// <summary>Makes a place of the network namespace of a process, in place of an earlier one of that name.</summary>
    public void Enter(string name, int process)
    {
        if (_places.Remove(name, out NetworkNamespace? earlier))
        {
            earlier.Dispose();
        }

        _addresses.Clear();
        Add(name, _threads.Open($"/proc/{process}/ns/net"));
    }

    /// <summary>Ends what is served, and forgets all places but the host and the neighbour on its wire.</summary>
    public void Clear()
    {
        _responders.ForEach(responder => responder.Dispose());
        _responders.Clear();
        _addresses.Clear();
        foreach (string name in _places.Keys.Except(["host", "out"]).ToList())
        {
            _places[name].Dispose();
            _places.Remove(name);
        }
    }

    /// <summary>Plugs a stranger into a bridge by hand: a neighbour that we do not manage, who routes everything through the
    /// host.</summary>
    public void Plug(string name, string bridge, string address, string gateway, string address6, string gateway6)
    {
        Host.Shell(
            $"""
            ip netns add {name}
            ip link add {name} type veth peer name eth0 netns {name}
            ip link set {name} master {bridge} up
            ip -n {name} link set lo up
            ip -n {name} address del 127.0.0.1/8 dev lo
            ip -n {name} address add {address} dev eth0
            ip -n {name} address add {address6} dev eth0 nodad
            ip -n {name} link set eth0 up
            ip -n {name} route add default via {gateway}
            ip -n {name} route add default via {gateway6}
            ip netns exec {name} sysctl -qw net.ipv4.conf.all.route_localnet=1
            ip -n {name} route add 127.0.0.0/8 via {gateway}
            """);
        Add(name, Named(name));
    }

    /// <summary>Serves ports of a place on all its addresses.</summary>
    public void Serve(string place, string protocol, params int[] ports) => ServeOn(place, protocol, "::", ports);

    /// <summary>Serves ports of a place on one of its addresses.</summary>
    public void ServeOn(string place, string protocol, string address, params int[] ports)
    {
        foreach (int port in ports)
        {
            _responders.Add(Responder.Start(_places[place], place, protocol, address, port));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _responders.ForEach(responder => responder.Dispose());
        foreach (NetworkNamespace place in _places.Values)
        {
            place.Dispose();
        }

        _threads.Dispose();
        Host.Dispose();
    }

    private void Add(string name, NetworkNamespace place) => _places.Add(name, place);

    private NetworkNamespace Named(string name) => _threads.Open($"/proc/{Host.HolderId}/root/run/netns/{name}");

    private string PathSeenInHost(string name)
    {
        string root = $"/proc/{Host.HolderId}/root";
        string path = _places[name].Path;
        return path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
    }
}
