using Net.Api.Clients;
using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Running;

/// <summary>Makes the networks of a project, and makes those anew that the file describes differently now.</summary>
internal sealed class NetworkMaking(
    IApiClient api, IComposeReport report, ComposeProject project, ComposeRequests requests, ComposeDown down)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> All = [];

    /// <summary>Checks, before anything is made, that external networks are there and that no other's name is taken.</summary>
    /// <exception cref="FileFaultException">One is not there, or a name is another's.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<NetworkResource> all = await api.ListNetworksAsync(All, cancellationToken);
        foreach (ComposeNetwork network in project.Networks)
        {
            NetworkResource? there = all.FirstOrDefault(candidate => candidate.Name == network.Name);
            if (network.IsExternal && there is null)
            {
                throw new FileFaultException(
                    network.Place,
                    $"networks.{network.Key}: the external network \"{network.Name}\" is not there: make it with "
                        + $"\"netctl network create {network.Name}\", or leave out external");
            }

            if (!network.IsExternal && there is not null && !IsOurs(there))
            {
                throw new FileFaultException(
                    network.Place,
                    $"networks.{network.Key}: there is a network \"{network.Name}\" that is not of the project \"{project.Name}\": "
                        + "give it \"external: true\" to join it, or another name");
            }
        }
    }

    /// <summary>Makes what is missing or has changed.</summary>
    /// <returns>Whether containers were removed because their network had to be made anew.</returns>
    public async Task<bool> RunAsync(ProjectState state, CancellationToken cancellationToken)
    {
        bool removed = false;
        foreach (ComposeNetwork network in project.Networks.Where(network => !network.IsExternal))
        {
            NetworkCreateRequest request = requests.Of(network);
            NetworkResource? there = state.Networks.FirstOrDefault(candidate => candidate.Name == network.Name);
            if (there?.Labels?.GetValueOrDefault(ComposeLabels.ConfigHash) == request.Labels![ComposeLabels.ConfigHash])
            {
                continue;
            }

            if (there is not null)
            {
                removed |= await RemoveAsync(there, state, cancellationToken);
            }

            await CreateAsync(network, request, cancellationToken);
        }

        return removed;
    }

    private bool IsOurs(NetworkResource network) => network.Labels?.GetValueOrDefault(ComposeLabels.Project) == project.Name;

    private async Task<bool> RemoveAsync(NetworkResource network, ProjectState state, CancellationToken cancellationToken)
    {
        ProjectContainer[] members =
        [
            .. state.Containers.Where(c => c.Summary.NetworkSettings?.Networks?.ContainsKey(network.Name) == true),
        ];
        foreach (IGrouping<string, ProjectContainer> service in members.GroupBy(container => container.Service))
        {
            await down.RemoveAsync(service, project.Services.FirstOrDefault(s => s.Name == service.Key), null, cancellationToken);
        }

        await api.RemoveNetwork(network.Id).RunAsync(cancellationToken);
        report.Tell($"Network {network.Name}", "Removed");
        return members.Length > 0;
    }

    private async Task CreateAsync(ComposeNetwork network, NetworkCreateRequest request, CancellationToken cancellationToken)
    {
        try
        {
            NetworkCreateResponse created = await api.CreateNetwork(request).RunAsync(cancellationToken);
            report.Tell($"Network {network.Name}", "Created");
            if (!string.IsNullOrEmpty(created.Warning))
            {
                report.Warn($"networks.{network.Key}: {created.Warning}");
            }
        }
        catch (ApiException error)
        {
            throw new FileFaultException(network.Place, $"networks.{network.Key}: {error.Message}", error);
        }
    }
}
