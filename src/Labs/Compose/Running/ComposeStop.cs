using Net.Api.Clients;
using Net.Labs.Compose.Models;

namespace Net.Labs.Compose.Running;

/// <summary>Stops containers of a project, all at the same time, and leaves them there.</summary>
public sealed class ComposeStop(IApiClient api, IComposeReport report)
{
    /// <summary>Stops containers.</summary>
    /// <param name="project">What the file says, for the time to stop and the signal.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="cancellationToken">Ends the work; what is not stopped goes on.</param>
    public Task RunAsync(ComposeProject project, IEnumerable<ProjectContainer> containers, CancellationToken cancellationToken) =>
        Task.WhenAll(containers.Select(async container =>
        {
            ComposeService? service = project.Services.FirstOrDefault(candidate => candidate.Name == container.Service);
            report.Tell($"Container {container.Name}", "Stopping");
            await api.StopContainerAsync(container.Summary.Id, service?.StopSeconds, service?.StopSignal, cancellationToken);
            report.Tell($"Container {container.Name}", "Stopped");
        }));
}
