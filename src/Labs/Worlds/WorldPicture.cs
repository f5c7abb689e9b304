using System.Text.RegularExpressions;
using Net.Api.Clients;
using Net.Labs.Lessons.Models;
using Net.Labs.Pictures;
using Net.Labs.Pictures.Parts;

namespace Net.Labs.Worlds;

/// <summary>The picture of a lab that is up: its hosts as they are now, and what joins them.</summary>
public static partial class WorldPicture
{
    private const string DefaultNetwork = "bridge";

    /// <summary>Reads the picture. What is different each time that the lab comes up, such as a bridge's name that has the network's id, is
    /// left out, so that a drawing stays the same; and what says nothing: a default network that nobody uses beside others, and a
    /// container's name as its alias.</summary>
    public static async Task<Picture> ReadAsync(World world, CancellationToken cancellationToken)
    {
        var hosts = new List<PicturedHost>();
        foreach (LabHost host in world.Lab.Hosts)
        {
            PicturedUplink[] uplinks =
            [
                .. world.Lab.Links.SelectMany(link => link.Ends.Where(end => end.Host == host.Name)
                    .Select(end => new PicturedUplink { Interface = link.Name, Addresses = end.Addresses })),
            ];
            hosts.Add(host.HasDaemon
                ? Essence(await ReadAsync(world, host.Name, uplinks, cancellationToken))
                : new PicturedHost { Name = host.Name, Uplinks = uplinks });
        }

        return new Picture
        {
            Hosts = hosts,
            Wires =
            [
                .. world.Lab.Links.Select(link => new PicturedWire
                {
                    Name = link.Name,
                    Ends = [.. link.Ends.Select(end => new PicturedWireEnd { Host = end.Host, Interface = link.Name })],
                }),
            ],
        };
    }

    private static async Task<PicturedHost> ReadAsync(
        World world, string host, IReadOnlyList<PicturedUplink> uplinks, CancellationToken cancellationToken)
    {
        using var client = new ApiClient(world.DaemonOf(host));
        return await new PictureReader(client) { Uplinks = uplinks }.ReadHostAsync(cancellationToken);
    }

    private static PicturedHost Essence(PicturedHost host) => host with
    {
        Networks =
        [
            .. host.Networks.Where(network => !IsUnused(network, host)).Select(network => network with
            {
                Id = "",
                Name = NameOf(network.Name, network.Subnets.Select(subnet => subnet.Subnet)),
                Bridge = network.Bridge is { } bridge && bridge == $"br-{network.Id[..12]}" ? null : network.Bridge,
            }),
        ],
        Containers =
        [
            .. host.Containers.Select(container => container with
            {
                Id = "",
                Name = NameOf(container.Name, container.Endpoints.SelectMany(endpoint => endpoint.Addresses)),
                Endpoints =
                [
                    .. container.Endpoints.Select(endpoint => endpoint with
                    {
                        MacAddress = "",
                        Network = NameOf(
                            endpoint.Network,
                            host.Networks.Where(network => network.Name == endpoint.Network)
                                .SelectMany(network => network.Subnets.Select(subnet => subnet.Subnet))),
                        Aliases = [.. endpoint.Aliases.Where(alias => alias != container.Name)],
                    }),
                ],
            }),
        ],
    };

    private static bool IsUnused(PicturedNetwork network, PicturedHost host) => network.Name == DefaultNetwork && host.Networks.Count > 1
        && host.Containers.All(container => container.Endpoints.All(endpoint => endpoint.Network != DefaultNetwork));

    // Docker Engine's are told apart by their addresses instead.
    private static string NameOf(string name, IEnumerable<string> addresses) =>
        OfEngine().IsMatch(name) ? $"engine {addresses.FirstOrDefault("")}".TrimEnd() : name;

    [GeneratedRegex("^engine-[0-9a-f]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex OfEngine();
}
