using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Net.Api;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Labs.Compose.Models;

namespace Net.Labs.Compose.Running;

/// <summary>The requests that make the networks and containers of a project. Each carries a digest of itself, so that it is known later
/// whether the file still asks for the same.</summary>
/// <param name="project">The project.</param>
public sealed class ComposeRequests(ComposeProject project)
{
    /// <summary>The name of a container.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="number">Its number, from 1.</param>
    public string NameOf(ComposeService service, int number) => NameOf(project.Name, service, number);

    /// <summary>The name of a container of any project.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="service">Its service.</param>
    /// <param name="number">Its number, from 1.</param>
    public static string NameOf(string project, ComposeService service, int number) =>
        service.ContainerName ?? string.Create(CultureInfo.InvariantCulture, $"{project}-{service.Name}-{number}");

    /// <summary>The names of the networks that the containers of a service are on; empty with a mode.</summary>
    public IEnumerable<string> NetworksOf(ComposeService service) => service.Networks.Select(network => NameOf(network.Key));

    /// <summary>How a network is made.</summary>
    public NetworkCreateRequest Of(ComposeNetwork network)
    {
        NetworkCreateRequest request = network.Request with
        {
            Labels = With(network.Request.Labels, (ComposeLabels.Project, project.Name), (ComposeLabels.Network, network.Key)),
        };
        return request with { Labels = With(request.Labels, Digest(request, ApiJson.Wire.NetworkCreateRequest)) };
    }

    /// <summary>How a container is made.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="number">Its number, from 1.</param>
    public ContainerCreateRequest Of(ComposeService service, int number)
    {
        ContainerCreateRequest request = service.Request with
        {
            Name = NameOf(service, number),
            Networks = service.Mode is { } mode ? [ModeOf(mode)] : [.. NetworksOf(service)],
            NetworkingConfig = service.Mode is null ? EndpointsOf(service) : null,
            Links = service.Mode is null ? null : [.. LinksOf(service, network: null)],
            Labels = With(
                service.Request.Labels,
                (ComposeLabels.Project, project.Name),
                (ComposeLabels.Service, service.Name),
                (ComposeLabels.Number, number.ToString(CultureInfo.InvariantCulture))),
        };
        return request with { Labels = With(request.Labels, Digest(request, ApiJson.Wire.ContainerCreateRequest)) };
    }

    private string ModeOf(NetworkMode mode) => mode.Text ?? $"container:{NameOf(ServiceOf(mode.Service!), 1)}";

    private ContainerNetworkingConfig EndpointsOf(ComposeService service) => new()
    {
        EndpointsConfig = new SortedDictionary<string, EndpointConfig>(
            service.Networks.ToDictionary(network => NameOf(network.Key), network => EndpointOf(service, network)), StringComparer.Ordinal),
    };

    private EndpointConfig EndpointOf(ComposeService service, ServiceNetwork network)
    {
        string[] links = [.. LinksOf(service, network.Key)];
        return network.Endpoint with
        {
            Aliases = NameOf(network.Key) is "bridge" or "host" or "none"
                ? network.Endpoint.Aliases // these have no names
                : [service.Name, .. network.Endpoint.Aliases ?? []],
            Links = links.Length > 0 ? links : null,
        };
    }

    // A link is a name on a network that both are on; the default bridge has no names but links.
    private IEnumerable<string> LinksOf(ComposeService service, string? network)
    {
        foreach (ServiceLink link in service.Links)
        {
            ComposeService other = ServiceOf(link.Service);
            if (network is null || other.Networks.Any(member => member.Key == network))
            {
                yield return $"{NameOf(other, 1)}:{link.Alias}";
            }
        }

        foreach (string link in network is null || network == service.Networks[0].Key ? service.ExternalLinks : [])
        {
            yield return link;
        }
    }

    private string NameOf(string network) => project.Networks.First(candidate => candidate.Key == network).Name;

    private ComposeService ServiceOf(string name) => project.Services.First(service => service.Name == name);

    private static (string Key, string Value) Digest<T>(T request, JsonTypeInfo<T> type) =>
        (ComposeLabels.ConfigHash, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, type))));

    private static SortedDictionary<string, string> With(
        IReadOnlyDictionary<string, string>? labels, params ReadOnlySpan<(string Key, string Value)> added)
    {
        var all = new SortedDictionary<string, string>(
            (labels ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
        foreach ((string key, string value) in added)
        {
            all[key] = value;
        }

        return all;
    }
}
