using System.Globalization;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures;

/// <summary>Reads what a daemon has made now.</summary>
/// <param name="api">The daemon's client.</param>
public sealed class PictureReader(IApiClient api)
{
    private const string BridgeKey = "com.docker.network.bridge.name";
    private const string ParentKey = "parent";
    private const string LinkedNetwork = "bridge"; // its links are told with the container, and with the endpoint too

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> All = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The links of the host; null to look at those that this process sees.</summary>
    public IReadOnlyList<PicturedUplink>? Uplinks { get; init; }

    /// <summary>The daemon's host with its networks and containers.</summary>
    /// <remarks>It is read in several requests: what comes or goes meanwhile may be missing. The host's own links are those that this
    /// process sees, where the bridges are among them; otherwise it is in another network namespace, and they stay unknown.</remarks>
    /// <exception cref="ApiException">The daemon refuses.</exception>
    /// <exception cref="DaemonUnreachableException">The daemon does not answer.</exception>
    public async Task<PicturedHost> ReadHostAsync(CancellationToken cancellationToken)
    {
        string name = (await api.GetInfoAsync(cancellationToken).ConfigureAwait(false)).Name;
        List<ContainerDetails> containers = [];
        foreach (ContainerSummary summary in await api.ListContainersAsync(all: true, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                containers.Add(await api.InspectContainerAsync(summary.Id, cancellationToken).ConfigureAwait(false));
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                // It has been removed since the list was made.
            }
        }

        PicturedNetwork[] networks =
        [
            .. (await api.ListNetworksAsync(All, cancellationToken).ConfigureAwait(false))
                .Where(network => network.Driver is not ("host" or "null")).Select(NetworkOf),
        ];
        Dictionary<string, string> names = containers.ToDictionary(container => container.Id, NameOf, StringComparer.Ordinal);
        HashSet<string> known = [.. networks.Select(network => network.Name)];
        return new PicturedHost
        {
            Name = name,
            Uplinks = Uplinks ?? HostLinks.Of(networks),
            Networks = networks,
            Containers = [.. containers.Select(container => ContainerOf(container, names, known))],
        };
    }

    private static PicturedNetwork NetworkOf(NetworkResource network) => new()
    {
        Name = network.Name,
        Id = network.Id,
        Driver = network.Driver,
        Bridge = network.Driver != "bridge" ? null
            : network.Options?.GetValueOrDefault(BridgeKey) is { Length: > 0 } bridge ? bridge
            : $"br-{network.Id[..12]}",
        Parent = network.Options?.GetValueOrDefault(ParentKey),
        Internal = network.Internal,
        Subnets =
        [
            .. (network.IPAM.Config ?? []).Where(pool => !string.IsNullOrEmpty(pool.Subnet))
                .Select(pool => new PicturedSubnet
                {
                    Subnet = pool.Subnet!,
                    Gateway = string.IsNullOrEmpty(pool.Gateway) ? null : pool.Gateway.Split('/')[0],
                }),
        ],
    };

    private static PicturedContainer ContainerOf(
        ContainerDetails container, Dictionary<string, string> names, HashSet<string> known)
    {
        string mode = container.HostConfig.NetworkMode;
        string? shared = mode.StartsWith("container:", StringComparison.Ordinal) ? mode["container:".Length..] : null;
        return new PicturedContainer
        {
            Name = NameOf(container),
            Id = container.Id,
            State = container.State.Status,
            Mode = shared is not null ? PicturedMode.Container
                : mode switch { "host" => PicturedMode.Host, "none" => PicturedMode.None, _ => PicturedMode.Networks },
            SharedWith = shared is null ? null : names.GetValueOrDefault(shared, shared),
            Endpoints =
            [
                .. (container.NetworkSettings.Networks ?? new Dictionary<string, EndpointSettings>())
                    .Where(pair => known.Contains(pair.Key))
                    .Select(pair => EndpointOf(pair.Key, pair.Value, container.HostConfig.Links)),
            ],
            Ports = PictureOrder.Ports((container.NetworkSettings.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
                .SelectMany(pair => (pair.Value ?? []).Select(binding => PortOf(pair.Key, binding)))),
        };
    }

    private static PicturedEndpoint EndpointOf(string network, EndpointSettings endpoint, IReadOnlyList<string>? containerLinks) => new()
    {
        Network = network,
        Interface = endpoint.InterfaceName ?? "",
        Addresses =
        [
            .. Address(endpoint.IPAddress, endpoint.IPPrefixLen),
            .. Address(endpoint.GlobalIPv6Address, endpoint.GlobalIPv6PrefixLen),
            .. endpoint.EndpointID.Length > 0 ? (endpoint.IPAMConfig?.LinkLocalIPs ?? []).Select(WithPrefixLength) : [],
        ],
        MacAddress = endpoint.MacAddress,
        Aliases = endpoint.Aliases ?? [],
        Links =
        [
            .. (endpoint.Links ?? []).Select(link => link.Split(':', 2)).Select(parts => LinkOf(parts[0], parts[^1]))
                .Concat((network == LinkedNetwork ? containerLinks ?? [] : [])
                    .Select(link => link.Split(':', 2)).Select(parts => LinkOf(parts[0], parts[^1].Split('/')[^1])))
                .Distinct(),
        ],
    };

    private static PicturedLink LinkOf(string container, string alias) => new() { Container = container.TrimStart('/'), Alias = alias };

    private static IEnumerable<string> Address(string address, int prefixLength) =>
        address.Length > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{address}/{prefixLength}")] : [];

    // As the daemon assigns them: 169.254.0.0/16 (RFC 3927), fe80::/64 (RFC 4291, 2.5.6).
    private static string WithPrefixLength(string address) => address.Contains('/', StringComparison.Ordinal) ? address
        : address.Contains(':', StringComparison.Ordinal) ? $"{address}/64" : $"{address}/16";

    private static PicturedPort PortOf(string port, PortBinding binding)
    {
        string[] parts = port.Split('/', 2);
        return new PicturedPort
        {
            HostAddress = binding.HostIp ?? "",
            HostPort = Number(binding.HostPort),
            ContainerPort = Number(parts[0]),
            Protocol = parts.Length > 1 ? parts[1] : "tcp",
        };
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static string NameOf(ContainerDetails container) => container.Name.TrimStart('/');
}
