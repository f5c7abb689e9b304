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
    protected override IEnumerable<Step> Add(ResolverListener desired) =>
    [
        new ActionStep(ApplyPhase.Resolvers, desired, () => Command(desired))
        {
            Do = session => _door.Open(session, desired) ? () => _door.Close(desired, withRewrite: true) : null,
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
    /// <remarks>The rewrite lasts as long as the sandbox's network stack: to delete its table takes the kernel 8 to 20 ms, and without the
    /// sockets it leads to nobody, as port 53 does without it.</remarks>
    protected override IEnumerable<Step> Remove(ResolverListener desired, RemovalScope scope)
    {
        bool withRewrite = scope.Leaves(desired.Namespace);
        string also = withRewrite ? ", and so does the rewrite that leads to it" : "";
        return
        [
            new ActionStep(ApplyPhase.Resolvers, desired, () => $"# the daemon's resolver for {desired.Namespace} ends{also}")
            {
                Do = _ =>
                {
                    _door.Close(desired, withRewrite);
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

    private string Command(ResolverListener desired) => string.Join(
        '\n',
        [
            $"# the daemon answers DNS for {desired.Namespace} on {ResolverDoor.Address}:{desired.Port}",
            .. rewrite.Explain(desired.Namespace, desired.Port),
        ]);
}
