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
    private const int ShortestId = 12;

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
        _networks = new NetworkMaking(api, report, project, _requests);
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
        ProjectState state = await ProjectState.ReadAsync(_api, _project.Name, cancellationToken);
        (IReadOnlyList<ComposeService> services, IReadOnlyList<NetworkPlan> networks) = await PlanAsync(state, cancellationToken);
        await CheckNamesAsync(services, cancellationToken);

        // Nothing was changed until here. What gives way goes first, all of it: others may want its addresses and ports.
        await ResolveOrphansAsync(state, cancellationToken);
        await _down.RemoveAsync(
            services, state.Containers.Where(container => IsStale(container, services, networks)), null, cancellationToken);
        await _networks.RunAsync(networks, cancellationToken);
        state = await ProjectState.ReadAsync(_api, _project.Name, cancellationToken);
        HashSet<string> present = [.. services.Select(service => service.Name)];
        await ServiceGraph.RunAsync<bool>(
            services.Select(service => service.Name),
            name => NeedsOf(name, present),
            (name, isNew, stop) => StartAsync(Service(name), state, isNew, stop),
            cancellationToken);
        return [.. services.SelectMany(service => Enumerable.Range(1, service.Scale).Select(n => _requests.NameOf(service, n)))];
    }

    // A network that is made anew takes its members with it, so that their services belong to the work too.
    private async Task<(IReadOnlyList<ComposeService> Services, IReadOnlyList<NetworkPlan> Networks)> PlanAsync(
        ProjectState state, CancellationToken cancellationToken)
    {
        IReadOnlyList<ComposeService> services = Chosen(Services);
        while (true)
        {
            IReadOnlyList<NetworkPlan> plans = await _networks.PlanAsync(services, state, RemovesOrphans, cancellationToken);
            IEnumerable<string> members = state.Containers.Where(container => IsOnChanged(container, plans))
                .Select(container => container.Service)
                .Where(name => _project.Services.Any(service => service.Name == name));
            IReadOnlyList<ComposeService> all = services.Count == _project.Services.Count
                ? services
                : Chosen([.. services.Select(service => service.Name), .. members]);
            if (all.Count == services.Count)
            {
                return (services, plans);
            }

            services = all;
        }
    }

    private static bool IsOnChanged(ProjectContainer container, IReadOnlyList<NetworkPlan> plans) =>
        plans.Any(plan => plan.Changed is { } old && container.Summary.NetworkSettings?.Networks?.ContainsKey(old.Name) == true);

    // Whether a container is not as the file says any more, or has lost a network. Whose network is another's is looked at later.
    private bool IsStale(ProjectContainer container, IReadOnlyList<ComposeService> services, IReadOnlyList<NetworkPlan> networks)
    {
        if (services.FirstOrDefault(candidate => candidate.Name == container.Service) is not { } service)
        {
            return false; // not of this work
        }

        bool isForced = RecreatesAll && (Services.Count == 0 || Services.Contains(service.Name));
        return isForced
            || container.Number > service.Scale
            || container.ConfigHash != _requests.Of(service, container.Number).Labels![ComposeLabels.ConfigHash]
            || IsOnChanged(container, networks)
            || !_requests.NetworksOf(service).All(
                name => container.Summary.NetworkSettings?.Networks?.ContainsKey(name) == true);
    }

    private IReadOnlyList<ComposeService> Chosen(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return _project.Services;
        }

        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
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

    // A name that is another's, or nobody's where somebody is needed, is said before anything is made.
    private async Task CheckNamesAsync(IReadOnlyList<ComposeService> services, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> all = await _api.ListContainersAsync(all: true, cancellationToken);
        foreach (ComposeService service in services)
        {
            foreach (string name in Enumerable.Range(1, service.Scale).Select(number => _requests.NameOf(service, number)))
            {
                if (all.FirstOrDefault(container => IsNamed(container, name)) is { } other && !GivesWay(other, service))
                {
                    throw new FileFaultException(
                        service.Place,
                        $"services.{service.Name}: the container name \"{name}\" is in use by a container that is not of this service: "
                            + "rename or remove that one");
                }
            }

            IEnumerable<string> outside = service.ExternalLinks.Select(link => link.Split(':')[0]);
            if (service.Mode?.Text is { } mode && mode.StartsWith(NetworkMode.OfContainer, StringComparison.Ordinal))
            {
                outside = outside.Append(mode[NetworkMode.OfContainer.Length..]);
            }

            if (outside.FirstOrDefault(name => !all.Any(container => IsNamed(container, name))) is { } missing)
            {
                throw new FileFaultException(
                    service.Place, $"services.{service.Name}: the container \"{missing}\" is not there: start it first, or name another");
            }
        }
    }

    private static bool IsNamed(ContainerSummary container, string name) =>
        container.Names.Contains("/" + name) || (name.Length >= ShortestId && container.Id.StartsWith(name, StringComparison.Ordinal));

    // One of its own service, or one of a service that the file does not have any more and that is removed.
    private bool GivesWay(ContainerSummary container, ComposeService service)
    {
        string? owner = container.Labels?.GetValueOrDefault(ComposeLabels.Service);
        return container.Labels?.GetValueOrDefault(ComposeLabels.Project) == _project.Name
            && (owner == service.Name || (RemovesOrphans && _project.Services.All(known => known.Name != owner)));
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
            await _down.RemoveAsync([], orphans, null, cancellationToken);
            return;
        }

        _report.Warn(
            $"the project \"{_project.Name}\" has containers of services that are not in the file or not in a chosen profile: "
                + $"{string.Join(", ", orphans.Select(orphan => orphan.Name))}: remove them with --remove-orphans");
    }

    // The answer is whether a container of the service was made, so that those that ask for it are started again.
    private async Task<bool> StartAsync(
        ComposeService service, ProjectState state, IReadOnlyDictionary<string, bool> isNew, CancellationToken cancellationToken)
    {
        bool mustRestart = service.Dependencies.Any(d => d.Restarts && isNew.GetValueOrDefault(d.Service));
        bool made = false;
        try
        {
            await new DependencyWait(_api, _report, _requests, _project).RunAsync(service, cancellationToken);
            for (int number = 1; number <= service.Scale; number++)
            {
                ProjectContainer? there = state.Containers.FirstOrDefault(c => c.Service == service.Name && c.Number == number);
                if (there is not null && await HasLostItsNetworkAsync(service, there, cancellationToken))
                {
                    await _down.RemoveAsync([service], [there], null, cancellationToken);
                    there = null;
                }

                made |= there is null;
                await StartAsync(service, number, there, mustRestart, cancellationToken);
            }
        }
        catch (ApiException error)
        {
            throw new FileFaultException(service.Place, $"services.{service.Name}: {error.Message}", error);
        }

        return made;
    }

    // The network of a container that is shared ends with that one's run.
    private async Task<bool> HasLostItsNetworkAsync(
        ComposeService service, ProjectContainer container, CancellationToken cancellationToken)
    {
        if (service.Mode?.Service is not { } shared)
        {
            return false;
        }

        ContainerDetails host = await _api.InspectContainerAsync(_requests.NameOf(Service(shared), 1), cancellationToken);
        ContainerDetails guest = await _api.InspectContainerAsync(container.Summary.Id, cancellationToken);
        return guest.State.StartedAt < host.State.StartedAt;
    }

    private async Task StartAsync(
        ComposeService service, int number, ProjectContainer? there, bool mustRestart, CancellationToken cancellationToken)
    {
        ContainerCreateRequest request = _requests.Of(service, number);
        string thing = $"Container {request.Name}";
        if (there is { IsRunning: true } && !mustRestart)
        {
            _report.Tell(thing, "Running");
            return;
        }

        if (there is null)
        {
            _report.Tell(thing, "Creating");
            ContainerCreateResponse created = await _api.CreateContainer(request).RunAsync(cancellationToken);
            foreach (string warning in created.Warnings ?? [])
            {
                _report.Warn($"services.{service.Name}: {warning}");
            }

            _report.Tell(thing, "Created");
        }

        await BringUpAsync(service, request.Name!, there is { IsRunning: true }, cancellationToken);
    }

    // A sandbox without a command is up as soon as it is made.
    private async Task BringUpAsync(ComposeService service, string name, bool isRestart, CancellationToken cancellationToken)
    {
        string thing = $"Container {name}";
        if (isRestart)
        {
            await _api.RestartContainerAsync(name, service.StopSeconds, service.StopSignal, cancellationToken);
            _report.Tell(thing, "Restarted");
            return;
        }

        await _api.StartContainerAsync(name, cancellationToken);
        _report.Tell(thing, service.HasCommand ? "Started" : "Started (no process)");
    }
}
