using Net.Api.Clients;
using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Running;

/// <summary>Makes the networks of a project, and makes those anew that the file describes differently now.</summary>
internal sealed class NetworkMaking(IApiClient api, IComposeReport report, ComposeProject project, ComposeRequests requests)
{
    private const int Conflict = 409;

    private static readonly Dictionary<string, IReadOnlyList<string>> All = [];

    /// <summary>Finds what has to be done for some services; nothing is changed.</summary>
    /// <param name="services">The services.</param>
    /// <param name="state">What the project has now.</param>
    /// <param name="removesOrphans">Whether containers of services that the file does not have are removed before.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The networks that are missing or have changed.</returns>
    /// <exception cref="FileFaultException">An external network is not there, a name is another's, or a network that has changed has
    /// members that are not of the project.</exception>
    public async Task<IReadOnlyList<NetworkPlan>> PlanAsync(
        IReadOnlyList<ComposeService> services, ProjectState state, bool removesOrphans, CancellationToken cancellationToken)
    {
        IReadOnlyList<NetworkResource> all = await api.ListNetworksAsync(All, cancellationToken);
        HashSet<string> used = [.. services.SelectMany(service => service.Networks).Select(network => network.Key)];
        var plans = new List<NetworkPlan>();
        foreach (ComposeNetwork network in project.Networks.Where(network => used.Contains(network.Key)))
        {
            NetworkResource? there = all.FirstOrDefault(candidate => candidate.Name == network.Name);
            Check(network, there);
            NetworkCreateRequest request = requests.Of(network);
            if (!network.IsExternal && HashOf(there) != request.Labels![ComposeLabels.ConfigHash])
            {
                await CheckMembersAsync(network, there, state, removesOrphans, cancellationToken);
                plans.Add(new NetworkPlan(network, request, there));
            }
        }

        return plans;
    }

    /// <summary>Removes what has changed, and makes what is missing then.</summary>
    public async Task RunAsync(IReadOnlyList<NetworkPlan> plans, CancellationToken cancellationToken)
    {
        foreach (NetworkPlan plan in plans)
        {
            try
            {
                if (plan.Changed is { } old)
                {
                    await api.RemoveNetwork(old.Id).RunAsync(cancellationToken);
                    report.Tell($"Network {old.Name}", "Removed");
                }

                await CreateAsync(plan, cancellationToken);
            }
            catch (ApiException error)
            {
                throw Fault(plan.Network, error.Message, error);
            }
        }
    }

    private static string? HashOf(NetworkResource? network) => network?.Labels?.GetValueOrDefault(ComposeLabels.ConfigHash);

    private static FileFaultException Fault(ComposeNetwork network, string message, Exception? cause = null) =>
        new(network.Place, $"networks.{network.Key}: {message}", cause);

    private void Check(ComposeNetwork network, NetworkResource? there)
    {
        if (network.IsExternal && there is null)
        {
            throw Fault(
                network,
                $"the external network \"{network.Name}\" is not there: make it with \"netctl network create {network.Name}\", "
                    + "or leave out external");
        }

        if (!network.IsExternal && there is not null && there.Labels?.GetValueOrDefault(ComposeLabels.Project) != project.Name)
        {
            throw Fault(
                network,
                $"there is a network \"{network.Name}\" that is not of the project \"{project.Name}\": "
                    + "give it \"external: true\" to join it, or another name");
        }
    }

    private async Task CheckMembersAsync(
        ComposeNetwork network,
        NetworkResource? there,
        ProjectState state,
        bool removesOrphans,
        CancellationToken cancellationToken)
    {
        if (there is null)
        {
            return;
        }

        HashSet<string> own =
        [
            .. state.Containers.Where(container => removesOrphans || project.Services.Any(service => service.Name == container.Service))
                .Select(container => container.Summary.Id),
        ];
        NetworkResource whole = await api.InspectNetworkAsync(there.Id, verbose: false, cancellationToken);
        string[] others = [.. (whole.Containers ?? new Dictionary<string, NetworkContainer>())
            .Where(member => !own.Contains(member.Key)).Select(member => member.Value.Name)];
        if (others.Length > 0)
        {
            throw Fault(
                network,
                $"it has changed and has to be made anew, and {string.Join(", ", others)} is on it, which is of no service of the file: "
                    + "disconnect it first, or give --remove-orphans");
        }
    }

    private async Task CreateAsync(NetworkPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            NetworkCreateResponse created = await api.CreateNetwork(plan.Request).RunAsync(cancellationToken);
            report.Tell($"Network {plan.Network.Name}", "Created");
            if (!string.IsNullOrEmpty(created.Warning))
            {
                report.Warn($"networks.{plan.Network.Key}: {created.Warning}");
            }
        }
        catch (ApiException error) when (error.Status == Conflict)
        {
            // Another "up" of the same project may have made it a moment ago.
            IReadOnlyList<NetworkResource> all = await api.ListNetworksAsync(All, cancellationToken);
            NetworkResource? made = all.FirstOrDefault(network => network.Name == plan.Request.Name);
            if (HashOf(made) != plan.Request.Labels![ComposeLabels.ConfigHash])
            {
                throw;
            }
        }
    }
}
