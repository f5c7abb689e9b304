using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Networks;
using Net.Daemon;

namespace Net.Cli.Containers;

/// <summary>The options of the sandbox, shared by <c>run</c> and <c>create</c>.</summary>
internal sealed class ContainerFlags
{
    private readonly Option<string?> _name = Flags.One("--name", null, "NAME", "Name of the container; made up when not given");
    private readonly Option<string?> _hostname = Flags.One("--hostname", "-h", "NAME", "Host name inside; the short id when not given");
    private readonly Option<string[]> _networks = Flags.Many(
        "--network", null, "NETWORK", "Network to join: bridge, host, none, or a network's name");
    private readonly Option<string[]> _aliases = Flags.Many(
        "--network-alias", null, "NAME", "Further name of the container on the first network");
    private readonly Option<string[]> _links = Flags.Many(
        "--link", null, "CONTAINER[:ALIAS]", "Other container to know by a name of one's own on the first network");
    private readonly EndpointFlags _endpoint = new();
    private readonly Option<string[]> _dns = Flags.Many(
        "--dns", null, "IP", "DNS server for names beyond the container's networks; the host's when not given");
    private readonly Option<string[]> _dnsSearch = Flags.Many(
        "--dns-search", null, "DOMAIN", "Domain to search names in, \".\" for none; the host's when not given");
    private readonly Option<string[]> _dnsOptions = Flags.Many(
        "--dns-option", null, "OPTION", "Option of resolv.conf, such as ndots:2; the host's when not given");
    private readonly Option<string[]> _ports = Flags.Many(
        "--publish", "-p", "[IP:][HOST:]PORT[/PROTOCOL]", "Publish a port of the container on the host");
    private readonly Option<bool> _publishAll = Flags.Switch(
        "--publish-all", "-P", "Publish every exposed port on a host port that is picked");
    private readonly Option<string[]> _exposed = Flags.Many(
        "--expose", null, "PORT[-PORT][/PROTOCOL]", "Port that the container serves, for -P and for others to know");

    private readonly HostFlags _host = new();
    private readonly LabelFlags _labels = new();
    private readonly Option<string[]> _logOptions = Flags.Many(
        "--log-opt", null, "KEY=VALUE", "max-size=SIZE or max-file=NUMBER of the log; as the daemon is set when not given");

    public ContainerFlags()
    {
        // Docker's older names.
        _networks.Aliases.Add("--net");
        _aliases.Aliases.Add("--net-alias");
        _dnsOptions.Aliases.Add("--dns-opt");
    }

    public void AddTo(Command command)
    {
        command.Add(_name);
        command.Add(_hostname);
        command.Add(_networks);
        command.Add(_aliases);
        command.Add(_links);
        _endpoint.AddTo(command);
        command.Add(_dns);
        command.Add(_dnsSearch);
        command.Add(_dnsOptions);
        command.Add(_ports);
        command.Add(_publishAll);
        command.Add(_exposed);
        _host.AddTo(command);
        _labels.AddTo(command);
        command.Add(_logOptions);
    }

    public ContainerCreateRequest RequestOf(ParseResult parsed)
    {
        string[] aliases = parsed.GetValue(_aliases) ?? [];
        NetworkFlags networks = NetworkFlags.Of(parsed.GetValue(_networks) ?? [], _endpoint.ConfigOf(parsed), aliases.Length > 0);
        return RequestOf(parsed, networks, aliases);
    }

    private ContainerCreateRequest RequestOf(ParseResult parsed, NetworkFlags networks, string[] aliases) => new()
    {
        Name = parsed.GetValue(_name),
        Hostname = parsed.GetValue(_hostname),
        Networks = networks.Names,
        NetworkingConfig = networks.Config,
        NetworkAliases = aliases,
        Links = parsed.GetValue(_links),
        Dns = parsed.GetValue(_dns),
        DnsSearch = parsed.GetValue(_dnsSearch),
        DnsOptions = parsed.GetValue(_dnsOptions),
        Ports = parsed.GetValue(_ports),
        PublishAllPorts = parsed.GetValue(_publishAll),
        Expose = parsed.GetValue(_exposed),
        ExtraHosts = _host.HostsOf(parsed),
        Sysctls = _host.SysctlsOf(parsed),
        Labels = _labels.Of(parsed),
        LogConfig = parsed.GetValue(_logOptions) is { Length: > 0 } options
            ? new ContainerLogConfig { Config = LogFlags.Map(options) }
            : null,
    };
}
