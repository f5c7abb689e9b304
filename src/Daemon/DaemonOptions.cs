using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Processes;
using Net.Daemon.Settings;
using Net.Drivers.Ipam.Default;

namespace Net.Daemon;

/// <summary>The daemon's settings. Each value was checked when it was parsed.</summary>
public sealed record DaemonOptions
{
    /// <summary>The directory of the durable store. Default <c>/var/lib/netctl</c>.</summary>
    public string DataRoot { get; init; } = "/var/lib/netctl";

    /// <summary>The directory of files that last until the next boot: process id, namespaces, shims, containers' files. Default
    /// <c>/run/netctl</c>.</summary>
    public string ExecRoot { get; init; } = "/run/netctl";

    /// <summary>The API's Unix socket, an absolute path. Default <c>/run/netctl/netctl.sock</c>.</summary>
    public string Socket { get; init; } = "/run/netctl/netctl.sock";

    /// <summary>The directory of the sockets of plug-ins, an absolute path. Default <c>/run/docker/plugins</c>; null: plug-ins are
    /// off.</summary>
    public string? PluginDirectory { get; init; } = "/run/docker/plugins";

    /// <summary><c>iptables</c> or <c>nftables</c>; null: iptables when its program is installed, else nftables.</summary>
    public string? FirewallBackend { get; init; }

    /// <summary>The default bridge's address and subnet, such as 172.17.0.1/22; null: the first free
    /// subnet of the pools.</summary>
    public InterfaceAddress? BridgeAddress { get; init; }

    /// <summary>Whether there is a default network, <c>bridge</c>. Default true; without it a container without a network has mode
    /// none.</summary>
    public bool HasDefaultBridge { get; init; } = true;

    /// <summary>The interface name of the bridge of another program that the default network stands on; null for one of its own.</summary>
    public string? BridgeName { get; init; }

    /// <summary>The default bridge's IPv6 address and subnet; null: a subnet of the pools. As all of the default bridge, read only when the
    /// bridge is created for the first time.</summary>
    public InterfaceAddress? BridgeIPv6Address { get; init; }

    /// <summary>The part of the default bridge's IPv4 subnet from which containers get their addresses; without
    /// <see cref="BridgeAddress"/> also the subnet. Null: all of the subnet.</summary>
    public IPNetwork? BridgeRange { get; init; }

    /// <summary>As <see cref="BridgeRange"/>, for IPv6.</summary>
    public IPNetwork? BridgeIPv6Range { get; init; }

    /// <summary>The IPv4 gateway of containers on the default bridge, another machine on it; null: the bridge's own address.</summary>
    public IPAddress? DefaultGateway { get; init; }

    /// <summary>As <see cref="DefaultGateway"/>, for IPv6.</summary>
    public IPAddress? DefaultIPv6Gateway { get; init; }

    /// <summary>Whether packets from the default bridge to the outside get the host's address. Default true.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>Whether the host's IP forwarding is turned on where it is off. Default true.</summary>
    public bool TurnsForwardingOn { get; init; } = true;

    /// <summary>Whether what other programs change of the daemon's own in the kernel is put back at once. Default true.</summary>
    public bool MendsDrift { get; init; } = true;

    /// <summary>The addresses that <c>host-gateway</c> in <c>--add-host</c> stands for, at most one for each family; empty: those of the
    /// default bridge.</summary>
    public IReadOnlyList<IPAddress> HostGateways { get; init; } = [];

    /// <summary>The MTU of the default bridge in bytes, 68 to 65535, with IPv6 at least 1280; null: that of the link of the host's default
    /// route. Read only when the bridge is created for the first time.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether the default bridge has IPv6 too. Default false. Read only when the bridge is created for the first time.</summary>
    public bool BridgeIPv6 { get; init; }

    /// <summary>The options of new networks by driver, for those that are not given. Default: none.</summary>
    public DefaultNetworkOptions DefaultNetworkOptions { get; init; } = DefaultNetworkOptions.None;

    /// <summary>The pools from which subnets are allocated: a base and the prefix length of a subnet. Empty: 172.17.0.0/16 to 172.31.0.0/16
    /// and 192.168.0.0/16, with subnets of /22.</summary>
    public IReadOnlyList<DefaultAddressPool> DefaultAddressPools { get; init; } = [];

    /// <summary>First and last host port for published ports without a host port, such as 49000 and 49900; null: the kernel's range
    /// (ip_local_port_range).</summary>
    /// <remarks>A short range is exhausted early: each published port takes one port of it and of its protocol.</remarks>
    public (ushort First, ushort Last)? PortRange { get; init; }

    /// <summary>The host address on which ports of the default bridge are published when none is given; null: all. Read only when the
    /// bridge is created for the first time.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary>Whether containers on the default bridge may talk to each other without a link. Default true. Read only when the bridge is
    /// created for the first time.</summary>
    public bool InterContainer { get; init; } = true;

    /// <summary>The time to live of answers for containers' names. Default 5 s; 0 forbids caching.</summary>
    public TimeSpan NameTimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The upstream DNS servers of containers' resolvers, at addresses that the host can reach; empty: those of the host's
    /// resolv.conf.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>The search list of containers that have none of their own; empty: that of the host's resolv.conf; "." alone:
    /// none.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>The options of resolv.conf(5) of containers that have none of their own; empty: those of the host's.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>How many answers of upstream DNS servers the cache holds. Default 10000; 0 turns the cache off.</summary>
    public int DnsCacheEntries { get; init; } = 10_000;

    /// <summary>How much of a command's output is kept where the container does not say it. Default 3 files of 10 MiB.</summary>
    public LogLimits Log { get; init; } = LogLimits.Default;

    /// <summary>The least severe level that is logged. Default Information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The form of the daemon's log. Default text.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>The directory of the commands' logs, a directory for each container.</summary>
    public string LogDirectory => Path.Combine(DataRoot, "logs");

    /// <summary>The path of the program that is started as a shim. Default: <c>netctl-shim</c> beside the running program.</summary>
    public string ShimProgram { get; init; } = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", "netctl-shim");
}
