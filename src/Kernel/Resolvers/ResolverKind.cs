using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Resolvers;

/// <summary>The embedded resolvers of sandboxes.</summary>
internal sealed class ResolverKind(IResolverSockets sockets, IResolverRewrite rewrite, ResolverTable table) : ObjectKind<ResolverListener>
{
    private const string Leftover = "resolver";
    private readonly ResolverDoor _door = new(sockets, rewrite, table);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(ResolverListener thing) =>
    [
        new ActionStep(ApplyPhase.Resolvers, thing, () => Command(thing))
        {
            Do = session => _door.Open(session, thing) ? () => _door.Close(thing, withRewrite: true) : null,
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(ResolverListener from, ResolverListener to) =>
    [
        new ActionStep(ApplyPhase.Resolvers, to, () => Command(to))
        {
            Do = session => _door.Open(session, to) ? () => _door.Open(session, from) : null,
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(ResolverListener thing, RemovalScope scope)
    {
        bool withRewrite = !scope.Takes(thing.Namespace);
        string also = withRewrite ? ", and so does the rewrite that leads to it" : "";
        return
        [
            new ActionStep(ApplyPhase.Resolvers, thing, () => $"# the daemon's resolver for {thing.Namespace} ends{also}")
            {
                Do = _ =>
                {
                    _door.Close(thing, withRewrite);
                    return null;
                },
            },
        ];
    }

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<ResolverListener> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (ResolverListener resolver in desired)
        {
            if (kernel.Of(resolver.Namespace) is null || sockets.PortOf(resolver.Sandbox) is not { } port)
            {
                difference.Missing(resolver);
            }
            else if (port != resolver.Port)
            {
                difference.Different(resolver, [$"it answers on port {port}"]);
            }
            else if (rewrite.Observe(resolver.Namespace) is var leads && leads != resolver.Port)
            {
                difference.Different(resolver, [leads is null ? "nothing leads to it" : $"port 53 leads to {leads}"]);
            }
        }

        HashSet<string> wanted = [.. desired.Select(resolver => resolver.Key)];
        foreach (ResolverListener resolver in table.Open.Where(resolver => !wanted.Contains(resolver.Key)))
        {
            difference.Leftover(new ObjectLeftover(Leftover, resolver.Key, resolver));
        }
    }

    private string Command(ResolverListener thing) => string.Join(
        '\n',
        [
            $"# the daemon answers DNS for {thing.Namespace} on {ResolverDoor.Address}:{thing.Port}",
            .. rewrite.Explain(thing.Namespace, thing.Port),
        ]);
}
