using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Links;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Ports;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Creates a sandbox with its endpoints. One with a command gets its network stack when the command is started; one without is
/// Running at once.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="starts">Whether the command is started too. An explanation of <c>run</c> needs that, since it explains both steps.</param>
internal sealed class CreateSandbox(
    SandboxCreateRequest request, bool starts, EndpointChoices endpoints, StackChoices stacks, Planner planner,
    ControllerOptions options, TimeProvider time)
    : IOperation<SandboxCreated>
{
    private string DefaultNetwork => options.HasDefaultBridge ? "bridge" : "none";

    /// <inheritdoc/>
    public async ValueTask<SandboxCreated> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ModelSnapshot model = draft.Edit.Now;
        SandboxId id = SandboxId.New();
        Sandbox? shared = SharedStackRule.TargetOf(request) is null ? null : SharedStackRule.Require(request, model);
        IReadOnlyList<(Network Network, EndpointRequest Request)> networks = shared is null ? FindNetworks(model) : [];
        NetworkMode mode = shared is null ? ModeOf([.. networks.Select(n => n.Network)]) : NetworkMode.Container;
        if (request.Adopts is not null && mode is NetworkMode.Host or NetworkMode.Container)
        {
            throw Invalid("conflicting options: an adopted network namespace and the network mode; give a network, or none");
        }

        if (request.ForeignKey is not null && (mode != NetworkMode.Own || request.Adopts is not null || request.Process is not null))
        {
            throw Invalid(
                "conflicting options: a network stack of another program, and a command, an adopted namespace or a network mode of ours; "
                    + "give one of them");
        }

        string hostName = shared?.HostName
            ?? (request.HostName is not null ? HostNameRule.Require(request.HostName)
                : mode == NetworkMode.Host ? options.HostName
                : id.Short);
        var sandbox = new Sandbox
        {
            Id = id,
            Name = ChooseName(model),
            HostName = hostName,
            Created = time.GetUtcNow(),
            State = starts || request.Process is null ? SandboxState.Running : SandboxState.Created,
            Mode = mode,
            SharesStackOf = shared?.Id,
            Adopts = request.Adopts,
            ForeignKey = request.ForeignKey,
            Resolver = ResolverRule.Require(request.Resolver, mode),
            ExtraHosts = HostGatewayRule.Require(request.ExtraHosts, options.HostGateways, model),
            Sysctls = SysctlRule.Require(request.Sysctls, mode, request.Adopts),
            PortSpecs = request.PortSpecs,
            ExposedPorts = request.ExposedPorts,
            PublishAll = request.PublishAll,
            Process = request.Process is null ? null : Complete(request.Process, hostName),
            AutoRemove = request.AutoRemove,
            RestartPolicy = RestartPolicy(),
            HealthCheck = request.HealthCheck is { } check ? HealthCheckRule.Require(check) : null,
            Log = request.Log,
            Labels = request.Labels,
        };
        draft.Edit.Put(sandbox);
        Sandbox holder = sandbox.HasNetworkStack ? SharedStackRule.HolderOf(sandbox, draft.Edit.Now) : sandbox;
        foreach ((Network network, EndpointRequest endpoint) in networks)
        {
            await endpoints.ChooseAsync(draft, sandbox, network, endpoint, cancellationToken);
            LinkChoices.Add(draft, id, network, endpoint.Links);
        }

        SelfConsistentPorts.Require(sandbox, draft.Host.Facts);
        stacks.Refresh(draft, id);
        if (starts)
        {
            draft.FurtherCommands.AddRange(StartCommand.Of(LinkVariables.AddTo(draft.Edit.Now[id], draft.Edit.Now), holder));
        }

        return new SandboxCreated(id, request.PortSpecs.Count > 0 ? PortWarnings.OfStart(draft.Edit.Now, sandbox, planner) : []);
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);

    private SandboxRestartPolicy? RestartPolicy() => request is { AutoRemove: true, RestartPolicy: not null }
        ? throw Invalid("can't create 'AutoRemove' container with restart policy")
        : request.RestartPolicy;

    private static NetworkMode ModeOf(IReadOnlyList<Network> networks)
    {
        Network? alone = networks.FirstOrDefault(n => n is { IsPredefined: true, Name: "host" or "none" });
        if (alone is not null && networks.Count > 1)
        {
            throw Invalid($"conflicting options: network {alone.Name} cannot be combined with others; give it alone");
        }

        return alone?.Name switch
        {
            "host" => NetworkMode.Host,
            "none" => NetworkMode.None,
            _ => NetworkMode.Own,
        };
    }

    private static ProcessConfig Complete(ProcessConfig process, string hostName)
    {
        if (process.Command.Count == 0)
        {
            throw Invalid("the command is empty; give at least the name of a program");
        }

        return process with { Environment = ProcessEnvironment.Complete(process.Environment, hostName, process.Terminal) };
    }

    private List<(Network Network, EndpointRequest Request)> FindNetworks(ModelSnapshot model)
    {
        var networks = new List<(Network Network, EndpointRequest Request)>();
        IReadOnlyList<EndpointRequest> requests =
            request.Networks.Count > 0 ? request.Networks : [new EndpointRequest { Network = DefaultNetwork }];
        foreach (EndpointRequest endpoint in requests)
        {
            Network network = model.FindNetwork(endpoint.Network == "default" ? DefaultNetwork : endpoint.Network);
            if (networks.Any(n => n.Network.Id == network.Id))
            {
                throw Invalid($"network {network.Name} is given twice; give it once");
            }

            networks.Add((network, endpoint));
        }

        return networks;
    }

    private string ChooseName(ModelSnapshot model)
    {
        if (request.Name is null)
        {
            return RandomName.Choose(name => model.SandboxNames.ContainsKey(name));
        }

        return SandboxNameRule.Require(model, SandboxNameRule.Bare(request.Name));
    }
}
