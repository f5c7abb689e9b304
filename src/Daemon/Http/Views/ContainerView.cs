using Net.Api.Containers;
using Net.Api.Networks;
using Net.Api.Texts;
using Net.Cnm.Addresses;
using Net.Cnm.HealthChecks;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Models;
using Net.Controller.Names;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Turns sandboxes into Docker's documents of containers.</summary>
/// <param name="snapshot">The model that they are in.</param>
/// <param name="healthOf">The health of a sandbox; null when it has no probe.</param>
/// <param name="root">Where the run-time files are.</param>
/// <param name="logDirectory">Where the output of commands is.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerView(
    ModelSnapshot snapshot, Func<Sandbox, SandboxHealth?> healthOf, ExecRoot root, string logDirectory, TimeProvider time)
{
    public ContainerSummary SummaryOf(Sandbox sandbox) => new()
    {
        Id = sandbox.Id.Value,
        Names = ["/" + sandbox.Name, .. LinkNames.Of(snapshot, sandbox)],
        Command = sandbox.Process is null ? "" : string.Join(' ', sandbox.Process.Command),
        Created = sandbox.Created.ToUnixTimeSeconds(),
        Ports = HasPorts(sandbox) ? PortsView.Listed(sandbox) : [],
        Labels = sandbox.Labels,
        State = StateWord(sandbox),
        Status = StatusOf(sandbox),
        HostConfig = new ContainerSummaryHostConfig { NetworkMode = ModeWord(sandbox) },
        NetworkSettings = new ContainerSummaryNetworks { Networks = NetworksOf(sandbox) },
    };

    public ContainerDetails DetailsOf(Sandbox sandbox) => new()
    {
        Id = sandbox.Id.Value,
        Created = sandbox.Created,
        Path = sandbox.Process?.Command[0] ?? "",
        Args = sandbox.Process is null ? [] : [.. sandbox.Process.Command.Skip(1)],
        State = new ContainerState
        {
            Status = StateWord(sandbox),
            Running = sandbox.State == SandboxState.Running || sandbox.IsRestarting,
            Paused = sandbox.IsPaused,
            Restarting = sandbox.IsRestarting,
            Pid = sandbox.ProcessId ?? 0,
            ExitCode = sandbox.ExitCode ?? 0,
            Error = sandbox.StartError ?? "",
            StartedAt = sandbox.Started ?? default,
            FinishedAt = sandbox.Finished ?? default,
            Health = HealthRequests.ViewOf(healthOf(sandbox)),
        },
        ResolvConfPath = FileOf(sandbox, "resolv.conf"),
        HostnamePath = FileOf(sandbox, "hostname"),
        HostsPath = FileOf(sandbox, "hosts"),
        LogPath = sandbox.Process is null ? "" : Path.Combine(logDirectory, sandbox.Id.Value),
        Name = "/" + sandbox.Name,
        RestartCount = sandbox.RestartCount,
        Config = new ContainerConfig
        {
            Hostname = sandbox.HostName,
            ExposedPorts = PortsView.Exposed(sandbox),
            Tty = sandbox.Process?.Terminal ?? false,
            OpenStdin = sandbox.Process?.OpenStandardInput ?? false,
            Env = sandbox.Process?.Environment,
            Cmd = sandbox.Process?.Command,
            Healthcheck = HealthRequests.ViewOf(sandbox.HealthCheck),
            User = sandbox.Process?.User ?? "",
            WorkingDir = sandbox.Process?.WorkingDirectory ?? "",
            Labels = sandbox.Labels,
        },
        HostConfig = new ContainerHostConfig
        {
            NetworkMode = ModeWord(sandbox),
            Links = LinkNames.LinksOf(snapshot, sandbox),
            AutoRemove = sandbox.AutoRemove,
            RestartPolicy = RestartRequests.ViewOf(sandbox.RestartPolicy),
            LogConfig = LogRequests.ViewOf(sandbox.Log),
            ExtraHosts = sandbox.ExtraHosts is { } hosts ? [.. hosts.Select(entry => entry.ToString())] : null,
            Sysctls = sandbox.Sysctls,
            Dns = [.. sandbox.Resolver.Servers.Select(server => server.ToString())],
            DnsOptions = sandbox.Resolver.Options,
            DnsSearch = sandbox.Resolver.Search,
            PortBindings = PortsView.Bindings(sandbox.PortSpecs),
            PublishAllPorts = sandbox.PublishAll,
        },
        NetworkSettings = SettingsOf(sandbox),
    };

    private ContainerNetworkSettings SettingsOf(Sandbox sandbox)
    {
        IReadOnlyDictionary<string, EndpointSettings> networks = NetworksOf(sandbox);
        EndpointSettings bridge = networks.GetValueOrDefault("bridge") ?? new EndpointSettings();
        return new ContainerNetworkSettings
        {
            SandboxID = sandbox.HasNetworkStack ? sandbox.Id.Value : "",
            SandboxKey = sandbox.ForeignKey ?? (sandbox.HasOwnStack ? root.NamespacePath(sandbox.Id) : ""),
            Ports = HasPorts(sandbox) ? PortsView.WithExposed(sandbox) : PortsView.Of([]),
            EndpointID = bridge.EndpointID,
            Gateway = bridge.Gateway,
            GlobalIPv6Address = bridge.GlobalIPv6Address,
            GlobalIPv6PrefixLen = bridge.GlobalIPv6PrefixLen,
            IPAddress = bridge.IPAddress,
            IPPrefixLen = bridge.IPPrefixLen,
            IPv6Gateway = bridge.IPv6Gateway,
            MacAddress = bridge.MacAddress,
            ForwardedPorts = PortsView.Forwarded(sandbox.Ports),
            Networks = networks,
        };
    }

    private Dictionary<string, EndpointSettings> NetworksOf(Sandbox sandbox)
    {
        var networks = new Dictionary<string, EndpointSettings>(StringComparer.Ordinal);
        foreach (Endpoint endpoint in snapshot.EndpointsOf(sandbox.Id))
        {
            Network network = snapshot[endpoint.Network];
            networks[network.Name] = sandbox.HasNetworkStack ? SettingsOf(sandbox, endpoint, network) : new EndpointSettings
            {
                IPAMConfig = RequestedOf(endpoint),
                NetworkID = network.Id.Value,
                Links = LinkNames.LinksOf(snapshot, sandbox, endpoint),
                Aliases = endpoint.Aliases,
                DriverOpts = endpoint.DriverOptions,
                GwPriority = endpoint.GatewayPriority,
                DNSNames = EndpointNames.Of(sandbox, endpoint, network),
            };
        }

        return networks;
    }

    private EndpointSettings SettingsOf(Sandbox sandbox, Endpoint endpoint, Network network) => new()
    {
        IPAMConfig = RequestedOf(endpoint),
        NetworkID = network.Id.Value,
        EndpointID = endpoint.Id.Value,
        MacAddress = endpoint.MacAddress?.ToString() ?? "",
        Links = LinkNames.LinksOf(snapshot, sandbox, endpoint),
        Aliases = endpoint.Aliases,
        DriverOpts = endpoint.DriverOptions,
        GwPriority = endpoint.GatewayPriority,
        Gateway = GatewayOf(network, endpoint.IPv4),
        IPAddress = endpoint.IPv4?.Address.ToString() ?? "",
        IPPrefixLen = endpoint.IPv4?.PrefixLength ?? 0,
        IPv6Gateway = GatewayOf(network, endpoint.IPv6),
        GlobalIPv6Address = endpoint.IPv6?.Address.ToString() ?? "",
        GlobalIPv6PrefixLen = endpoint.IPv6?.PrefixLength ?? 0,
        DNSNames = EndpointNames.Of(sandbox, endpoint, network),
        InterfaceName = endpoint.InterfaceName.Length > 0 ? endpoint.InterfaceName : null,
    };

    // An endpoint keeps an address that was asked for, also while the container has exited.
    private static EndpointIpamConfig? RequestedOf(Endpoint endpoint) =>
        endpoint.IPv4IsStatic || endpoint.IPv6IsStatic || endpoint.LinkLocalAddresses is not null
        ? new EndpointIpamConfig
        {
            IPv4Address = endpoint.IPv4IsStatic ? endpoint.IPv4?.Address.ToString() : null,
            IPv6Address = endpoint.IPv6IsStatic ? endpoint.IPv6?.Address.ToString() : null,
            LinkLocalIPs = endpoint.LinkLocalAddresses is { } addresses ? [.. addresses.Select(a => a.ToString())] : null,
        }
        : null;

    private string FileOf(Sandbox sandbox, string name) => sandbox.HasOwnStack ? root.FilePath(sandbox.Id, name) : "";

    // In other modes they are those of the host, of another container, or nobody's.
    private static bool HasPorts(Sandbox sandbox) => sandbox is { HasNetworkStack: true, Mode: NetworkMode.Own };

    private static string GatewayOf(Network network, InterfaceAddress? address) =>
        address is null || network.Internal ? "" : network.GatewayOf(address.IsIPv6, address.Address)?.ToString() ?? "";

    private string ModeWord(Sandbox sandbox) => sandbox.Mode switch
    {
        NetworkMode.Host => "host",
        NetworkMode.None => "none",
        NetworkMode.Container => $"container:{sandbox.SharesStackOf}",
        _ => snapshot.EndpointsOf(sandbox.Id) is [var first, ..] ? snapshot[first.Network].Name : "none",
    };

    /// <summary>Docker's word for the state of a container. One that waits for its restart has exited as far as its network goes, but
    /// counts as running for Docker's clients.</summary>
    public static string StateWord(Sandbox sandbox) => sandbox.State switch
    {
        _ when sandbox.IsRestarting => "restarting",
        SandboxState.Created => "created",
        SandboxState.Running when sandbox.IsPaused => "paused",
        SandboxState.Running => "running",
        SandboxState.Exited => "exited",
        _ => "removing",
    };

    private string StatusOf(Sandbox sandbox) => sandbox.State switch
    {
        _ when sandbox.IsRestarting => $"Restarting ({sandbox.ExitCode ?? 0}) {HumanDuration.Of(Since(sandbox.Finished))} ago",
        SandboxState.Running => $"Up {HumanDuration.Of(Since(sandbox.Started))}{RemarkOf(sandbox)}",
        SandboxState.Exited => $"Exited ({sandbox.ExitCode}) {HumanDuration.Of(Since(sandbox.Finished))} ago",
        SandboxState.Created => "Created",
        _ => "Removal In Progress",
    };

    private string RemarkOf(Sandbox sandbox) => sandbox.IsPaused ? " (Paused)" : healthOf(sandbox)?.Status switch
    {
        null => "",
        HealthStatus.Starting => $" (health: {HealthWord.Of(HealthStatus.Starting)})",
        { } status => $" ({HealthWord.Of(status)})",
    };

    private TimeSpan Since(DateTimeOffset? moment) => moment is { } m ? time.GetUtcNow() - m : TimeSpan.Zero;
}
