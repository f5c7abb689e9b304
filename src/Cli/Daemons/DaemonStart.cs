using System.CommandLine;
using Microsoft.Extensions.Logging;
using Net.Api.Clients;
using Net.Cli.CommandLines;
using Net.Daemon;

namespace Net.Cli.Daemons;

/// <summary><c>netctl daemon</c>: checks the daemon's flags, turns them into options and runs the daemon.</summary>
internal sealed class DaemonStart : Verb
{
    private static readonly DaemonOptions Defaults = new();

    private readonly Option<string?> _dataRoot = Flags.One(
        "--data-root", null, "DIR", $"Folder of the durable store; {Defaults.DataRoot} when not given");
    private readonly Option<string?> _execRoot = Flags.One(
        "--exec-root", null, "DIR", $"Folder of what lives until the next boot; {Defaults.ExecRoot} when not given");
    private readonly Option<string?> _host = Flags.One(
        "--host", "-H", "unix://PATH", $"Socket to listen on; {DaemonAddress.Default} when not given");
    private readonly Option<string?> _backend = Flags.One(
        "--firewall-backend", null, "iptables|nftables", "iptables when its program is installed, else nftables, when not given");
    private readonly Option<string?> _bridgeAddress = Flags.One(
        "--bip", null, "CIDR", "Address and subnet of the default bridge; the first free one of the pools when not given");
    private readonly Option<string[]> _pools = Flags.Many(
        "--default-address-pool", null, "base=CIDR,size=N",
        "Pool that subnets are cut from; 172.17.0.0/16 to 172.31.0.0/16 and 192.168.0.0/16 in /22 when not given");

    private readonly Option<string?> _portRange = Flags.One(
        "--port-range", null, "A-B", "Host ports to pick from; the kernel's ip_local_port_range when not given");
    private readonly Option<string?> _hostBinding = Flags.One(
        "--ip", null, "ADDR", "Host address that the default bridge's ports are published on; all when not given");
    private readonly Option<bool?> _interContainer = new("--icc")
    {
        Description = "Let containers on the default bridge talk to each other; --icc=false for those linked only",
    };

    private readonly Option<string?> _nameLifetime = Flags.One(
        "--dns-ttl", null, "SECONDS", "Time to live of the containers' names; 5 when not given");
    private readonly Option<string?> _nameCache = Flags.One(
        "--dns-cache", null, "ENTRIES", "Answers of DNS servers to keep, 0 for none; 10000 when not given");
    private readonly Option<string[]> _nameServers = Flags.Many(
        "--dns", null, "ADDR", "DNS server for what containers ask beyond their networks; the host's when not given");
    private readonly Option<string[]> _logOptions = Flags.Many(
        "--log-opt", null, "KEY=VALUE", "max-size=SIZE or max-file=NUMBER of containers' logs; 10m and 3 when not given");
    private readonly Option<string?> _logLevel = Flags.One(
        "--log-level", null, "debug|info|warn|error", "Least severe messages to log; info when not given");

    public DaemonStart()
        : base("daemon", "Run the daemon that owns networks and containers")
    {
        foreach (Option option in (Option[])
            [
                _dataRoot, _execRoot, _host, _backend, _bridgeAddress, _pools, _portRange, _hostBinding, _interContainer, _nameServers,
                _nameLifetime, _nameCache, _logOptions, _logLevel,
            ])
        {
            Add(option);
        }
    }

    public override bool UsesDaemon => false;

    public override string Example => "netctl daemon --firewall-backend nftables --port-range 49000-49900";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        DaemonProgram.RunAsync(OptionsOf(parsed));

    private DaemonOptions OptionsOf(ParseResult parsed) => new()
    {
        DataRoot = Path.GetFullPath(parsed.GetValue(_dataRoot) ?? Defaults.DataRoot),
        ExecRoot = Path.GetFullPath(parsed.GetValue(_execRoot) ?? Defaults.ExecRoot),
        Socket = parsed.GetValue(_host) is { } host ? DaemonAddress.Parse(host).Path : Defaults.Socket,
        FirewallBackend = parsed.GetValue(_backend) is { } backend ? Backend(backend) : Defaults.FirewallBackend,
        BridgeAddress = parsed.GetValue(_bridgeAddress) is { } address ? AddressFlags.BridgeAddress(address) : Defaults.BridgeAddress,
        DefaultAddressPools = [.. parsed.GetValue(_pools)!.Select(AddressFlags.Pool)],
        PortRange = parsed.GetValue(_portRange) is { } range ? PortFlags.Range(range) : Defaults.PortRange,
        HostBinding = parsed.GetValue(_hostBinding) is { } binding ? AddressFlags.HostBinding(binding) : Defaults.HostBinding,
        InterContainer = parsed.GetValue(_interContainer) ?? Defaults.InterContainer,
        NameTimeToLive = parsed.GetValue(_nameLifetime) is { } seconds ? DnsFlags.TimeToLive(seconds) : Defaults.NameTimeToLive,
        DnsServers = [.. parsed.GetValue(_nameServers)!.Select(DnsFlags.Server)],
        DnsCacheEntries = parsed.GetValue(_nameCache) is { } entries ? DnsFlags.CacheEntries(entries) : Defaults.DnsCacheEntries,
        Log = LogFlags.Parse(LogFlags.Map(parsed.GetValue(_logOptions)!)).Or(Defaults.Log),
        LogLevel = parsed.GetValue(_logLevel) is { } level ? Level(level) : Defaults.LogLevel,
    };

    private static string Backend(string text) =>
        text is "iptables" or "nftables" ? text : throw Invalid(text, "--firewall-backend", "iptables or nftables");

    private static LogLevel Level(string text) => text switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw Invalid(text, "--log-level", "debug, info, warn or error"),
    };

    private static FormatException Invalid(string text, string flag, string takes) =>
        new($"invalid argument \"{text}\" for \"{flag}\" flag: it takes {takes}");
}
