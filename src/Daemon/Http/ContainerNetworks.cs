using Net.Api.Containers;
using Net.Api.Networks;
using Net.Controller.Links;
using Net.Controller.Requests;

namespace Net.Daemon.Http;

/// <summary>Turns the networks of a request for a container into requests for its endpoints.</summary>
internal static class ContainerNetworks
{
    private const string Default = "default";

    /// <summary>The requests, in the order of connection; empty to leave the network to the controller. As in Docker, the aliases
    /// and links beside the networks are for the first one.</summary>
    public static IReadOnlyList<EndpointRequest> Parse(ContainerCreateRequest body)
    {
        IReadOnlyList<string> aliases = body.NetworkAliases ?? [];
        LinkSpec[] links = [.. (body.Links ?? []).Select(LinkSpec.Parse)];
        IReadOnlyDictionary<string, EndpointConfig> configs =
            body.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, EndpointConfig>();
        IReadOnlyList<string> listed = body.Networks ?? [];
        string[] networks = [.. listed, .. configs.Keys.Where(network => !listed.Contains(network))];
        if (networks.Length == 0 && aliases.Count + links.Length > 0)
        {
            networks = [Default];
        }

        return
        [
            .. networks.Select((network, i) =>
            {
                EndpointRequest request = EndpointRequests.Parse(network, configs.GetValueOrDefault(network));
                return i > 0
                    ? request
                    : request with { Aliases = [.. aliases, .. request.Aliases], Links = [.. links, .. request.Links] };
            }),
        ];
    }
}
