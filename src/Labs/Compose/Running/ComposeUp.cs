using Net.Api.Clients;
using Net.Api.Containers;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Reading;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Running;

/// <summary>Makes the networks and containers of a project, and starts them: what is there already and as the file says is left
/// alone.</summary>
public sealed class ComposeUp
{
    private readonly IApiClient _api;
    private readonly IComposeReport _report;
    private readonly ComposeProject _project;
    private readonly ComposeRequests _requests;
    private readonly ComposeDown _down;
    private readonly NetworkMaking _networks;

    /// <summary>Prepares the work; nothing is sent yet.</summary>
    public ComposeUp(IApiClient api, IComposeReport report, ComposeProject project)
    {
        (_api, _report, _project) = (api, report, project);
        _requests = new ComposeRequests(project);
        _down = new ComposeDown(api, report);
        _networks = new NetworkMaking(api, report, project, _requests, _down);
    }

    /// <summary>Whether containers are made anew though nothing has changed.</summary>
    public bool RecreatesAll { get; init; }

    /// <summary>Whether containers of services go that the file does not have.</summary>
    public bool RemovesOrphans { get; init; }

    /// <summary>The services to start, with those that they need; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Brings the project up.</summary>
    /// <returns>The names of its containers.</returns>
    /// <exception cref="FileFaultException">Something that the file names is not there, or the daemon refuses something; what was made
    /// stays, for <c>down</c> or another <c>up</c>.</exception>
    /// <exception cref="ApiException">The daemon refuses a question.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ComposeService> services = Chosen();
        ProjectState state = await ProjectState.ReadAsync(_api, _project.Name, cancellationToken);
        await _networks.CheckAsync(cancellationToken);
        await ResolveOrphansAsync(state, cancellationToken);
        await CheckNamesAsync(services, cancellationToken);
        if (await _networks.RunAsync(state, cancellationToken))
        {
            state = await ProjectState.ReadAsync(_api, _project.Name, cancellationToken);
        }

        HashSet<string> present = [.. services.Select(service => service.Name)];
        await ServiceGraph.RunAsync<bool>(
            services.Select(service => service.Name),
            name => NeedsOf(name, present),
            (name, isNew) => StartAsync(Service(name), state, isNew, cancellationToken));
        return [.. services.SelectMany(service => Enumerable.Range(1, service.Scale).Select(n => _requests.NameOf(service, n)))];
    }

    private IReadOnlyList<ComposeService> Chosen()
    {
        if (Services.Count == 0)
        {
            return _project.Services;
        }

        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Services);
        HashSet<string> present = [.. _project.Services.Select(service => service.Name)];
        while (open.TryPop(out string? name))
        {
            if (!present.Contains(name))
            {
                throw new FormatException(
                    $"no such service: {name}{Api.Texts.Suggestion.Of(name, present)}; the project \"{_project.Name}\" has "
                        + string.Join(", ", present));
            }

            if (wanted.Add(name))
            {
                foreach (string needed in NeedsOf(name, present))
                {
                    open.Push(needed);
                }
            }
        }

        return [.. _project.Services.Where(service => wanted.Contains(service.Name))];
    }

    private IEnumerable<string> NeedsOf(string name, IReadOnlySet<string> present) =>
        ServiceOrder.NeededBy(Service(name), present).Select(needed => needed.Service);

    private ComposeService Service(string name) => _project.Services.First(service => service.Name == name);

    // A name that is another's is said before anything is made.
    private async Task CheckNamesAsync(IReadOnlyList<ComposeService> services, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> all = await _api.ListContainersAsync(all: true, cancellationToken);
        foreach (ComposeService service in services)
        {
            foreach (string name in Enumerable.Range(1, service.Scale).Select(number => _requests.NameOf(service, number)))
            {
                if (all.FirstOrDefault(container => container.Names.Contains("/" + name)) is { } other
                    && (other.Labels?.GetValueOrDefault(ComposeLabels.Project) != _project.Name
                        || other.Labels?.GetValueOrDefault(ComposeLabels.Service) != service.Name))
                {
                    throw new FileFaultException(
                        service.Place,
                        $"services.{service.Name}: the container name \"{name}\" is in use by a container that is not of this service: "
                            + "rename or remove that one");
                }
            }
        }
    }

    private async Task ResolveOrphansAsync(ProjectState state, CancellationToken cancellationToken)
    {
        ProjectContainer[] orphans = [.. state.Containers.Where(c => _project.Services.All(service => service.Name != c.Service))];
        if (orphans.Length == 0)
        {
            return;
        }

        if (RemovesOrphans)
        {
            await _down.RemoveAsync(orphans, null, null, cancellationToken);
            return;
        }

        _report.Warn(
            $"the project \"{_project.Name}\" has containers of services that are not in the file or not in a chosen profile: "
                + $"{string.Join(", ", orphans.Select(orphan => orphan.Name))}: remove them with --remove-orphans");
    }

    // The answer is whether a container of the service was made, so that those that use its network have to be made anew.
    private async Task<bool> StartAsync(
        ComposeService service, ProjectState state, IReadOnlyDictionary<string, bool> isNew, CancellationToken cancellationToken)
    {
        var conditions = new DependencyWait(_api, _report, _requests, _project);
        await conditions.RunAsync(service, cancellationToken);
        ProjectContainer[] own = [.. state.Containers.Where(container => container.Service == service.Name)];
        await _down.RemoveAsync(own.Where(container => container.Number > service.Scale), service, null, cancellationToken);
        bool mustBeNew = (RecreatesAll && (Services.Count == 0 || Services.Contains(service.Name)))
            || await HasLostItsNetworkAsync(service, own, cancellationToken);
        bool mustRestart = service.Dependencies.Any(d => d.Restarts && isNew.GetValueOrDefault(d.Service));
        bool made = false;
        try
        {
            for (int number = 1; number <= service.Scale; number++)
            {
                made |= await StartAsync(
                    service, number, own.FirstOrDefault(c => c.Number == number), mustBeNew, mustRestart, cancellationToken);
            }
        }
        catch (ApiException error)
        {
            throw new FileFaultException(service.Place, $"services.{service.Name}: {error.Message}", error);
        }

        return made;
    }

    // The network of a container that it shares ends with that one's run; a network of its own may have been taken away from it.
    private async Task<bool> HasLostItsNetworkAsync(
        ComposeService service, IReadOnlyList<ProjectContainer> own, CancellationToken cancellationToken)
    {
        if (service.Mode?.Service is not { } shared)
        {
            return own.Any(container => !_requests.NetworksOf(service).All(
                name => container.Summary.NetworkSettings?.Networks?.ContainsKey(name) == true));
        }

        DateTimeOffset began = (await _api.InspectContainerAsync(_requests.NameOf(Service(shared), 1), cancellationToken)).State.StartedAt;
        foreach (ProjectContainer container in own)
        {
            if ((await _api.InspectContainerAsync(container.Summary.Id, cancellationToken)).State.StartedAt < began)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> StartAsync(
        ComposeService service, int number, ProjectContainer? there, bool mustBeNew, bool mustRestart, CancellationToken cancellationToken)
    {
        ContainerCreateRequest request = _requests.Of(service, number);
        string thing = $"Container {request.Name}";
        bool isSame = there?.ConfigHash == request.Labels![ComposeLabels.ConfigHash] && !mustBeNew;
        if (there is not null && isSame && there.IsRunning && !mustRestart)
        {
            _report.Tell(thing, "Running");
            return false;
        }

        if (there is not null && !isSame)
        {
            _report.Tell(thing, "Recreate");
            await _down.RemoveAsync([there], service, null, cancellationToken);
        }

        if (there is null || !isSame)
        {
            _report.Tell(thing, "Creating");
            ContainerCreateResponse created = await _api.CreateContainer(request).RunAsync(cancellationToken);
            foreach (string warning in created.Warnings ?? [])
            {
                _report.Warn($"services.{service.Name}: {warning}");
            }

            _report.Tell(thing, "Created");
        }

        await BringUpAsync(service, request.Name!, there is { IsRunning: true } && isSame, cancellationToken);
        return !isSame;
    }

    // A sandbox without a command is up as soon as it is made.
    private async Task BringUpAsync(ComposeService service, string name, bool isRestart, CancellationToken cancellationToken)
    {
        string thing = $"Container {name}";
        if (isRestart)
        {
            await _api.RestartContainerAsync(name, null, service.StopSignal, cancellationToken);
            _report.Tell(thing, "Restarted");
            return;
        }

        await _api.StartContainerAsync(name, cancellationToken);
        _report.Tell(thing, service.HasCommand ? "Started" : "Started (no process)");
    }
}
