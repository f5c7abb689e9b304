using Net.Api.Clients;
using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Reading;

namespace Net.Labs.Compose.Running;

/// <summary>Removes the containers and networks of a project.</summary>
public sealed class ComposeDown(IApiClient api, IComposeReport report)
{
    private const int NotFound = 404;

    /// <summary>Removes everything that has the project's label, each container after those that need it, and the networks last.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="project">What the file says, for the order and the time to stop; null when there is no file.</param>
    /// <param name="removesOrphans">Whether containers of services go that the file does not have.</param>
    /// <param name="seconds">How long a container may take to end; null for what the file says.</param>
    /// <param name="cancellationToken">Ends the work; what is left can be removed by another call.</param>
    /// <returns>Whether all of it is gone.</returns>
    public async Task<bool> RunAsync(
        string name, ComposeProject? project, bool removesOrphans, int? seconds, CancellationToken cancellationToken)
    {
        ProjectState state = await ProjectState.ReadAsync(api, name, cancellationToken);
        IReadOnlyList<ComposeService> services = project?.Services ?? [];
        HashSet<string> known = [.. services.Select(service => service.Name)];
        string[] orphans = project is null || removesOrphans
            ? [.. state.Containers.Select(container => container.Service).Distinct().Where(service => !known.Contains(service))]
            : [];
        await ServiceGraph.RunAsync<bool>(
            [.. orphans, .. services.Reverse().Select(service => service.Name)],
            service => services.Where(other => ServiceOrder.NeededBy(other, known).Any(needed => needed.Service == service))
                .Select(other => other.Name),
            async (service, _) =>
            {
                await RemoveAsync(
                    state.Containers.Where(container => container.Service == service),
                    services.FirstOrDefault(candidate => candidate.Name == service), seconds, cancellationToken);
                return true;
            });
        string[] left = [.. state.Containers.Select(c => c.Service).Distinct().Where(s => !known.Contains(s) && !orphans.Contains(s))];
        if (left.Length > 0)
        {
            report.Warn($"the project \"{name}\" has containers of services that the file does not have: {string.Join(", ", left)}: "
                + "remove them with --remove-orphans");
        }

        bool isGone = true;
        foreach (NetworkResource network in state.Networks)
        {
            isGone &= await RemoveAsync(network, cancellationToken);
        }

        return isGone;
    }

    /// <summary>Stops and removes containers at the same time.</summary>
    /// <param name="containers">The containers.</param>
    /// <param name="service">What the file says of their service, for the time to stop and the signal; null for the daemon's.</param>
    /// <param name="seconds">How long each may take to end; null for what the file says.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task RemoveAsync(
        IEnumerable<ProjectContainer> containers, ComposeService? service, int? seconds, CancellationToken cancellationToken) =>
        Task.WhenAll(containers.Select(async container =>
        {
            string thing = $"Container {container.Name}";
            string id = container.Summary.Id;
            try
            {
                if (container.IsRunning)
                {
                    report.Tell(thing, "Stopping");
                    await api.StopContainerAsync(id, seconds ?? service?.StopSeconds, service?.StopSignal, cancellationToken);
                    report.Tell(thing, "Stopped");
                }

                await api.RemoveContainer(id, force: true).RunAsync(cancellationToken);
                report.Tell(thing, "Removed");
            }
            catch (ApiException error) when (error.Status == NotFound)
            {
                report.Tell(thing, "Removed"); // somebody else was quicker
            }
        }));

    private async Task<bool> RemoveAsync(NetworkResource network, CancellationToken cancellationToken)
    {
        string thing = $"Network {network.Name}";
        try
        {
            await api.RemoveNetwork(network.Id).RunAsync(cancellationToken);
            report.Tell(thing, "Removed");
            return true;
        }
        catch (ApiException error) when (error.Status == NotFound)
        {
            return true;
        }
        catch (ApiException error)
        {
            report.Tell(thing, "Resource is still in use");
            report.Warn(error.Message);
            return false;
        }
    }
}
