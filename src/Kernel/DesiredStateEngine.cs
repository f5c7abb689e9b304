using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Kernel.Addresses;
using Net.Kernel.Announcements;
using Net.Kernel.Errors;
using Net.Kernel.Files;
using Net.Kernel.Firewalls;
using Net.Kernel.Flows;
using Net.Kernel.Forwarders;
using Net.Kernel.Hosts;
using Net.Kernel.Links;
using Net.Kernel.Namespaces;
using Net.Kernel.Neighbours;
using Net.Kernel.Observations;
using Net.Kernel.Ports;
using Net.Kernel.Resolvers;
using Net.Kernel.Routes;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Kernel.Surveys;
using Net.Kernel.Sysctls;
using Net.Linux;
using Net.Netlink;

namespace Net.Kernel;

/// <summary>Makes desired state so in this kernel: namespaces, links, addresses, routes, neighbours, settings, held ports, resolvers and
/// files by itself, rules through a firewall backend.</summary>
/// <remarks>
/// Safe to call from several threads; one call is carried out at a time. Blocks for as long as the kernel takes. Needs root. Works in the
/// namespace of the thread that made its <see cref="NamespaceThread"/>; call it from threads of that namespace.
/// </remarks>
public sealed class DesiredStateEngine : IDesiredStateEngine, IDisposable
{
    private readonly Lock _gate = new();
    private readonly NamespaceThread _thread;
    private readonly KernelPaths _paths;
    private readonly IFirewallBackend _firewall;
    private readonly AdoptedSettings _adopted;
    private readonly NetlinkConnection _host;
    private readonly Forwarder _forwarder;
    private readonly HeldPortTable _ports;
    private readonly ObjectKinds _kinds;
    private readonly FirewallPart _firewallPart;
    private readonly FlowCleaner _flows;
    private readonly Announcer _announcer;
    private readonly Gravedigger _gravedigger;
    private readonly HostTables _tables;
    private readonly HostFactsReader _facts;

    /// <summary>Opens a connection to the kernel; changes nothing yet.</summary>
    /// <param name="paths">Where namespaces are bound.</param>
    /// <param name="thread">The process's one way into namespaces; its home is where the engine works. Not disposed with the
    /// engine.</param>
    /// <param name="firewall">Compiles and installs rules.</param>
    /// <param name="rewrite">Leads port 53 of a sandbox to its resolver.</param>
    /// <param name="resolvers">Takes the resolvers' sockets.</param>
    /// <param name="priors">Keeps what adopted settings were.</param>
    /// <param name="admits">Whether a sender other than the host itself may reach published ports by the forwarder; null for all. Called
    /// from the forwarder's thread. The scope of a link-local sender is the index of the link that it came in by.</param>
    /// <param name="time">The clock of what is done later; null for that of the system.</param>
    /// <exception cref="LinuxException">No netlink socket could be opened.</exception>
    public DesiredStateEngine(
        KernelPaths paths,
        NamespaceThread thread,
        IFirewallBackend firewall,
        IResolverRewrite rewrite,
        IResolverSockets resolvers,
        IPriorValues priors,
        Func<IPAddress, bool>? admits = null,
        TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        _thread = thread;
        _paths = paths;
        _firewall = firewall;
        _host = NetlinkConnection.Open(NetlinkProtocol.Route, thread.Home);
        _adopted = new AdoptedSettings(priors, _host, SettingsEra.Of(thread.Home));
        _flows = new FlowCleaner(thread.Home, _host);
        _announcer = new Announcer(time, Announce);
        _gravedigger = new Gravedigger(NetlinkConnection.Open(NetlinkProtocol.Route, thread.Home), _flows, time);
        _tables = new HostTables(_host, thread.Home);
        _facts = new HostFactsReader(_tables, thread.Home);
        _firewallPart = new FirewallPart(firewall, _flows);
        _forwarder = new Forwarder(admits ?? (_ => true), new ForwarderLimits(), time);
        _ports = new HeldPortTable(_forwarder);
        _kinds = new ObjectKinds(
        [
            new NamespaceKind(paths),
            new AdoptedNamespaceKind(paths),
            new NamespaceNameKind(paths),
            new FileKind(paths),
            new SysctlKind(_adopted),
            new BridgeKind(),
            new AdoptedBridgeKind(_adopted),
            new VethKind(),
            new VlanKind(),
            new PrivateParentKind(),
            new MacvlanKind(),
            new MovedLinkKind(),
            new IpvlanKind(),
            new LinkKindSupportKind(),
            new StrayLinkKind(),
            new AddressKind(),
            new NeighbourKind(),
            new RouteKind(),
            new HeldPortKind(_ports),
            new ResolverKind(resolvers, rewrite, new ResolverTable()),
        ]);
    }

    /// <inheritdoc/>
    public HostFacts ReadHostFacts()
    {
        lock (_gate)
        {
            return _facts.Read(_adopted.All());
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Apply(StateChange change, ICollection<string>? postponed = null)
    {
        lock (_gate)
        {
            ChangeSteps steps = ChangeSteps.Of(change, _kinds, _firewallPart, _flows);
            _flows.ForgetLeft(change.Add.Concat(change.Replace.Select(pair => pair.To)));
            using var session = new KernelSession(_thread, _host);
            try
            {
                foreach (string failure in Make(session, steps.Making, postponed is null ? null : new SandboxFailures(change).Excuse))
                {
                    postponed?.Add(failure);
                }

                _ports.ReleaseUnwanted();
                _announcer.End(change.Remove);
                _announcer.Begin(change.Add);
                return new RemovalRunner(session).Run(steps.Removing);
            }
            finally
            {
                CallGravedigger(session); // also for what was undone
            }
        }
    }

    /// <inheritdoc/>
    public StateDifference Diff(IReadOnlyCollection<DesiredObject> desired)
    {
        lock (_gate)
        {
            bool hadGraves = _gravedigger.Dig();
            _tables.Forget();
            using var session = new KernelSession(_thread, _host);
            var found = new DifferenceBuilder();
            var kernel = new ObservedKernel(session, desired);
            _kinds.Diff(desired, kernel, found);
            LinkLeftovers.Find(desired, kernel, found);
            NamespaceLeftovers.Find(desired, _paths, found);
            FirewallPolicy[] policies = Uncontested(desired, found.Contested);
            FirewallDifference rules = _firewall.Diff(policies);
            foreach (FirewallPolicy policy in rules.Missing)
            {
                found.Missing(policy);
            }

            foreach (RuleLeftover leftover in rules.Leftover)
            {
                found.Leftover(leftover);
            }

            foreach (string obstacle in _firewall.FindObstacles())
            {
                found.Obstacle(obstacle);
            }

            return found.Build(policies) with { HadGraves = hadGraves };
        }
    }

    /// <inheritdoc/>
    public HostSurvey Survey(SurveyRequest request)
    {
        lock (_gate)
        {
            _gravedigger.Dig();
            using var session = new KernelSession(_thread, _host);
            return HostSurveyReader.Read(session, request, _firewall);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Mend(StateDifference difference)
    {
        lock (_gate)
        {
            using var session = new KernelSession(_thread, _host);
            StateDifference mendable = WithoutContestedRules(
                difference, new ObservedKernel(session, [.. difference.Missing, .. difference.Different.Select(pair => pair.Wanted)]));
            var rules = new FirewallMendStep(_firewall, _flows, mendable);
            IReadOnlyList<string> failures = new Mender(_kinds, session).Mend(mendable, rules.Step());
            _ports.ReleaseUnwanted();
            _announcer.Begin(mendable.Missing);
            CallGravedigger(session);
            return rules.Unmended is { } problem ? [.. failures, problem] : failures;
        }
    }

    /// <inheritdoc/>
    public FirewallMending MendFirewall(IReadOnlyCollection<DesiredObject> desired)
    {
        lock (_gate)
        {
            using var session = new KernelSession(_thread, _host);
            FirewallPolicy[] policies = Uncontested(desired, _kinds.FindContested(desired, new ObservedKernel(session, desired)));
            FirewallDifference difference = _firewall.Diff(policies);
            if (difference.IsEmpty)
            {
                return FirewallMending.Nothing;
            }

            _firewall.Reconcile(policies);
            if (difference.IsOvertaken)
            {
                return FirewallMending.Moved;
            }

            _flows.ForgetAstray(difference.Missing);
            return FirewallMending.PutBack;
        }
    }

    /// <inheritdoc/>
    public string? FindHolder(StateChange change) => _firewall.FindHolder(
        [.. change.Add.Concat(change.Replace.Select(pair => pair.To)).OfType<FirewallPolicy>()]);

    /// <inheritdoc/>
    public void ForgetConnections(Predicate<IPAddress> gone)
    {
        lock (_gate)
        {
            _flows.ForgetAll(gone);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports)
    {
        lock (_gate)
        {
            return _firewall.ReadTraffic(ports);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(StateChange change)
    {
        lock (_gate)
        {
            return ChangeSteps.Of(change, _kinds, _firewallPart, _flows).Explain();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Reset()
    {
        lock (_gate)
        {
            _gravedigger.Dig();
            var failures = new List<string>();
            try
            {
                _firewall.RemoveAll();
            }
            catch (CnmException error)
            {
                failures.Add($"the firewall's rules: {error.Message}");
            }

            return [.. failures, .. _adopted.PutBackAll()];
        }
    }

    /// <summary>Closes the connection, ends what is forwarded and lets the held ports go. What was made in the kernel stays.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _announcer.Dispose();
        }

        _gravedigger.Dispose();
        _forwarder.Dispose();
        _ports.Dispose();
        _flows.Dispose();
        _facts.Dispose();
        _tables.Dispose();
        _host.Dispose();
    }

    /// <inheritdoc/>
    public bool HasUnfinishedRemovals => _flows.HasLeft;

    /// <inheritdoc/>
    public void FinishRemovals() => _gravedigger.Dig();

    private void CallGravedigger(KernelSession session)
    {
        if (session.HasGraves || _flows.HasLeft)
        {
            _gravedigger.Call();
        }
    }

    private void Announce()
    {
        lock (_gate)
        {
            using var session = new KernelSession(_thread, _host);
            _announcer.SendDue(session);
        }
    }

    private static FirewallPolicy[] Uncontested(IEnumerable<DesiredObject> desired, IReadOnlySet<OwnerId> contested) =>
        [.. desired.OfType<FirewallPolicy>().Where(policy => !contested.Contains(policy.Owner))];

    // Between the finding of a difference and its mending, something of another's may have taken the place of a missing link: rules for its
    // owner would then be for a device that is not ours.
    private StateDifference WithoutContestedRules(StateDifference difference, ObservedKernel kernel)
    {
        IReadOnlySet<OwnerId> contested = _kinds.FindContested(
            [.. difference.Missing, .. difference.Different.Select(pair => pair.Wanted)], kernel);
        return difference with
        {
            Missing = [.. difference.Missing.Where(desired => desired is not FirewallPolicy || !contested.Contains(desired.Owner))],
            Policies = [.. difference.Policies.Where(policy => !contested.Contains(policy.Owner))],
        };
    }

    private static IReadOnlyList<string> Make(KernelSession session, IReadOnlyList<Step> steps, Func<Step, Exception, bool>? mayFail)
    {
        var undo = new UndoLog();
        try
        {
            var runner = new StepRunner(session, undo, mayFail);
            runner.Run(steps);
            return runner.Failures;
        }
        catch (CnmException error)
        {
            IReadOnlyList<string> left = undo.RollBack();
            if (left.Count == 0)
            {
                throw;
            }

            throw KernelErrors.WithUndoFailures(error, left);
        }
        catch (Exception)
        {
            undo.RollBack();
            throw;
        }
    }
}
