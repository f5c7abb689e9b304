using System.Net;
using Net.Cnm.Addresses;
using Net.Drivers.Ipam.Default;

namespace Net.Daemon;

/// <summary>Settings of the daemon, each checked where it was parsed.</summary>
public sealed record DaemonOptions
{
    /// <summary>The folder of the durable store. Default <c>/var/lib/netctl</c>.</summary>
    public string DataRoot { get; init; } = "/var/lib/netctl";

    /// <summary>The folder of what lives until the next boot: pid file, namespaces, shims, containers' files. Default <c>/run/netctl</c>.</summary>
    public string ExecRoot { get; init; } = "/run/netctl";

    /// <summary>The API's Unix socket, an absolute path. Default <c>/run/netctl/netctl.sock</c>.</summary>
    public string Socket { get; init; } = "/run/netctl/netctl.sock";

    /// <summary><c>iptables</c> or <c>nftables</c>; null takes iptables when its program is installed, else nftables.</summary>
    public string? FirewallBackend { get; init; }

    /// <summary>The default bridge's address and subnet, such as 172.17.0.1/22; null takes the first free one of the pools.</summary>
    public InterfaceAddress? BridgeAddress { get; init; }

    /// <summary>Pools that subnets are cut from: a base and the prefix length of each cut. Empty: 172.17.0.0/16 to 172.31.0.0/16 and 192.168.0.0/16, cut in /22.</summary>
    public IReadOnlyList<DefaultAddressPool> DefaultAddressPools { get; init; } = [];

    /// <summary>First and last host port that is picked where none is named, such as 49000 and 49900; null for the kernel's own (ip_local_port_range).</summary>
    /// <remarks>A short range runs out early: each published port takes one of it, of its protocol.</remarks>
    public (ushort First, ushort Last)? PortRange { get; init; }

    /// <summary>The host address that ports of the default bridge are published on when none is named; null for all. Read when the bridge is made first.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary>Whether containers on the default bridge may talk to each other without a link. Default true. Read when the bridge is made first.</summary>
    public bool InterContainer { get; init; } = true;

    /// <summary>Time to live of answers for our own names. Default 5 s; 0 forbids every cache.</summary>
    public TimeSpan NameTimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The DNS servers that containers' resolvers ask, as the host reaches them; empty for those of the host's resolv.conf.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>How many answers of DNS servers are kept. Default 10000; 0 keeps none.</summary>
    public int DnsCacheEntries { get; init; } = 10_000;

    /// <summary>The least severe messages that are logged, to standard error. Default Information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The path of this program, for shims. Default: the running one.</summary>
    public string Program { get; init; } = Environment.ProcessPath ?? "netctl";
}
