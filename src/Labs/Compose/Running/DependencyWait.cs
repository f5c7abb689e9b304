using Net.Api.Clients;
using Net.Api.Containers;
using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Running;

/// <summary>Waits until what a service depends on is as it asks.</summary>
internal sealed class DependencyWait(IApiClient api, IComposeReport report, ComposeRequests requests, ComposeProject project)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for all conditions of a service. Its dependencies have been started.</summary>
    /// <exception cref="FileFaultException">One will not be so: a container is unhealthy, or has ended.</exception>
    public async Task RunAsync(ComposeService service, CancellationToken cancellationToken)
    {
        foreach (ServiceDependency dependency in service.Dependencies.Where(d => d.Condition != DependencyCondition.Started))
        {
            if (project.Services.FirstOrDefault(candidate => candidate.Name == dependency.Service) is not { } other
                || !CanBeWaitedFor(service, other, dependency))
            {
                continue;
            }

            for (int number = 1; number <= other.Scale; number++)
            {
                string name = requests.NameOf(other, number);
                report.Tell($"Container {name}", "Waiting");
                await WaitAsync(service, dependency, name, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(
        ComposeService service, ServiceDependency dependency, string name, CancellationToken cancellationToken)
    {
        try
        {
            await (dependency.Condition == DependencyCondition.Healthy
                ? WaitForHealthAsync(service, dependency, name, cancellationToken)
                : WaitForEndAsync(service, dependency, name, cancellationToken));
        }
        catch (FileFaultException error) when (!dependency.IsRequired)
        {
            report.Warn(error.Message);
        }
    }

    private bool CanBeWaitedFor(ComposeService service, ComposeService other, ServiceDependency dependency)
    {
        string? why = !other.HasCommand ? "has no process"
            : dependency.Condition == DependencyCondition.Healthy && other.Request.Healthcheck is null ? "has no health check in the file"
            : null;
        if (why is not null)
        {
            report.Warn($"{dependency.Place}: services.{service.Name}: {other.Name} {why}, and is not waited for");
        }

        return why is null;
    }

    private async Task WaitForHealthAsync(
        ComposeService service, ServiceDependency dependency, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            ContainerState state = (await api.InspectContainerAsync(name, cancellationToken)).State;
            if (state.Health?.Status == "healthy")
            {
                report.Tell($"Container {name}", "Healthy");
                return;
            }

            bool hasEnded = !state.Running;
            if (hasEnded || (state.Health?.Status == "unhealthy" && !state.Restarting))
            {
                report.Tell($"Container {name}", "Error");
                throw new FileFaultException(
                    dependency.Place,
                    $"services.{service.Name}: container {name} {(hasEnded ? $"exited ({state.ExitCode})" : "is unhealthy")}: "
                        + $"see \"netctl inspect -f '{{{{json .State.Health}}}}' {name}\" and \"netctl logs {name}\"");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private async Task WaitForEndAsync(
        ComposeService service, ServiceDependency dependency, string name, CancellationToken cancellationToken)
    {
        int code = await api.WaitContainerAsync(name, cancellationToken);
        if (code != 0)
        {
            report.Tell($"Container {name}", "Error");
            throw new FileFaultException(
                dependency.Place,
                $"services.{service.Name}: container {name} did not complete successfully, it exited with {code}: "
                    + $"see \"netctl logs {name}\"");
        }

        report.Tell($"Container {name}", "Exited");
    }
}
