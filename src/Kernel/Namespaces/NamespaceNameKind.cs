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
            Do = _ => _names.FileOf(desired.Name) is { } link && _names.TryMake(link, desired.Target)
                ? () => NamespaceNames.TryRemove(link, desired.Target)
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
                if (_names.FileOf(desired.Name) is { } link)
                {
                    NamespaceNames.TryRemove(link, desired.Target);
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
            if (_names.FileOf(name.Name) is { } link && _names.Lacks(link, name.Target))
            {
                difference.Missing(name);
            }
        }

        HashSet<string> wanted = [.. desired.Select(name => name.Name)];
        foreach ((string link, string target) in _names.All().Where(entry => !wanted.Contains(Path.GetFileName(entry.Link))))
        {
            string id = _names.SandboxOf(target);
            var removable = new NamespaceName
            {
                Owner = new OwnerId(OwnerKind.Sandbox, id),
                Name = Path.GetFileName(link),
                Namespace = NamespaceRef.At(Path.Combine(paths.NamespaceDirectory, id), Path.GetFileName(link)),
                Target = target,
            };
            difference.Leftover(new ObjectLeftover(Leftover, link, removable));
        }
    }
}
