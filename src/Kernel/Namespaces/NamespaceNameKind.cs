using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Namespaces;

/// <summary>The names by which <c>ip netns</c> lists sandboxes' namespaces.</summary>
internal sealed class NamespaceNameKind(KernelPaths paths) : ObjectKind<NamespaceName>
{
    private const string Leftover = "namespace-name";
    private readonly NamespaceNames _names = new(paths);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(NamespaceName desired) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => "")
        {
            Do = _ => _names.FileOf(desired.Namespace.Name!) is { } link && _names.TryMake(link, desired.Namespace.Path!)
                ? () => NamespaceNames.TryRemove(link, desired.Namespace.Path!)
                : null,
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(NamespaceName from, NamespaceName to) => Add(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(NamespaceName desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => "")
        {
            Do = _ =>
            {
                if (_names.FileOf(desired.Namespace.Name!) is { } link)
                {
                    NamespaceNames.TryRemove(link, desired.Namespace.Path!);
                }

                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<NamespaceName> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (NamespaceName name in desired)
        {
            if (_names.FileOf(name.Namespace.Name!) is { } link && _names.Lacks(link, name.Namespace.Path!))
            {
                difference.Missing(name);
            }
        }

        HashSet<string> wanted = [.. desired.Select(name => name.Namespace.Name!)];
        foreach ((string link, string target) in _names.All().Where(entry => !wanted.Contains(Path.GetFileName(entry.Link))))
        {
            string id = Path.GetFileName(target);
            var removable = new NamespaceName
            {
                Owner = new OwnerId(OwnerKind.Sandbox, id),
                Namespace = NamespaceRef.At(Path.Combine(paths.NamespaceDirectory, id), Path.GetFileName(link)),
            };
            difference.Leftover(new ObjectLeftover(Leftover, link, removable));
        }
    }
}
