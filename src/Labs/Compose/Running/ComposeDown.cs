using Net.Api.Clients;
using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Reading;

namespace Net.Labs.Compose.Running;

/// <summary>Removes the containers and networks of a project.</summary>
public sealed class ComposeDown(IApiClient api, IComposeReport report)
{
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
        await RemoveAsync(
            services, state.Containers.Where(c => known.Contains(c.Service) || orphans.Contains(c.Service)), seconds, cancellationToken);
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

    /// <summary>Stops and removes containers, each after those of services that need it.</summary>
    /// <param name="services">What the file says, for the order, the time to stop and the signal. Containers of other services go at
    /// once.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="seconds">How long each may take to end; null for what the file says.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task RemoveAsync(
        IReadOnlyList<ComposeService> services, IEnumerable<ProjectContainer> containers, int? seconds, CancellationToken cancellationToken)
    {
        ILookup<string, ProjectContainer> going = containers.ToLookup(container => container.Service);
        HashSet<string> known = [.. services.Select(service => service.Name)];
        return ServiceGraph.RunAsync<bool>(
            [
                .. going.Select(group => group.Key).Where(name => !known.Contains(name)),
                .. services.Reverse().Select(service => service.Name),
            ],
            name => services.Where(other => ServiceOrder.NeededBy(other, known).Any(needed => needed.Service == name))
                .Select(other => other.Name),
            async (name, _, stop) =>
            {
                ComposeService? service = services.FirstOrDefault(candidate => candidate.Name == name);
                await Task.WhenAll(going[name].Select(container => RemoveAsync(container, service, seconds, stop)));
                return true;
            },
            cancellationToken);
    }

    private async Task RemoveAsync(ProjectContainer container, ComposeService? service, int? seconds, CancellationToken cancellationToken)
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
        catch (ApiException error) when (error.IsNotFound)
        {
            report.Tell(thing, "Removed"); // somebody else was quicker
        }
    }

    private async Task<bool> RemoveAsync(NetworkResource network, CancellationToken cancellationToken)
    {
        string thing = $"Network {network.Name}";
        try
        {
            await api.RemoveNetwork(network.Id).RunAsync(cancellationToken);
            report.Tell(thing, "Removed");
            return true;
        }
        catch (ApiException error) when (error.IsNotFound)
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
