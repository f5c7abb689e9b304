using System.Globalization;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Networks;

namespace Net.Labs.Compose.Running;

/// <summary>The containers and networks that a project has now, as the daemon lists them.</summary>
/// <param name="Containers">Its containers, by service and number.</param>
/// <param name="Networks">Its networks.</param>
public sealed record ProjectState(IReadOnlyList<ProjectContainer> Containers, IReadOnlyList<NetworkResource> Networks)
{
    /// <summary>Asks the daemon.</summary>
    /// <param name="api">The daemon.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<ProjectState> ReadAsync(IApiClient api, string project, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>> { ["label"] = [$"{ComposeLabels.Project}={project}"] };
        IReadOnlyList<ContainerSummary> containers = await api.ListContainersAsync(
            new ContainerQuery { All = true, Filters = filters }, cancellationToken);
        IReadOnlyList<NetworkResource> networks = await api.ListNetworksAsync(filters, cancellationToken);
        return new ProjectState(
            [.. containers.Select(ProjectContainer.Of).OrderBy(c => c.Service, StringComparer.Ordinal).ThenBy(c => c.Number)], networks);
    }
}

/// <summary>A container of a project.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Number">Its number among those of the service.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What the daemon lists of it.</param>
public sealed record ProjectContainer(string Service, int Number, string Name, ContainerSummary Summary)
{
    /// <summary>Whether it runs, is paused, or is about to be started again. A sandbox without a command runs as long as it has its
    /// network.</summary>
    public bool IsRunning => Summary.State is "running" or "paused" or "restarting";

    /// <summary>The digest of what it was made from.</summary>
    public string? ConfigHash => Summary.Labels?.GetValueOrDefault(ComposeLabels.ConfigHash);

    internal static ProjectContainer Of(ContainerSummary summary) => new(
        summary.Labels?.GetValueOrDefault(ComposeLabels.Service) ?? "",
        int.TryParse(
            summary.Labels?.GetValueOrDefault(ComposeLabels.Number), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : 1,
        summary.Names.Select(static name => name.TrimStart('/'))
            .FirstOrDefault(static name => !name.Contains('/', StringComparison.Ordinal)) ?? summary.Id,
        summary);
}
