using Net.Cnm.DesiredState;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;

namespace Net.Kernel.Observations;

/// <summary>The state of the kernel during one comparison. Each namespace is read at its first use.</summary>
/// <param name="session">The connections to the kernel.</param>
/// <param name="desired">The objects that are compared with it.</param>
internal sealed class ObservedKernel(KernelSession session, IEnumerable<DesiredObject> desired)
{
    private readonly Lazy<HashSet<string>> _tags = new(() => [.. desired.Select(wanted => wanted.Owner.Tag)]);

    private readonly Dictionary<string, ObservedNamespace?> _sandboxes = new(StringComparer.Ordinal);

    /// <summary>The daemon's own namespace.</summary>
    public ObservedNamespace Host { get; } = new(session, NamespaceRef.Host);

    /// <summary>The namespaces that have been read.</summary>
    public IEnumerable<ObservedNamespace> Seen => [Host, .. _sandboxes.Values.OfType<ObservedNamespace>()];

    /// <summary>Whether the tag is that of an owner of one of the objects.</summary>
    public bool IsKnown(string tag) => _tags.Value.Contains(tag);

    /// <summary>A namespace, or null when it is not there.</summary>
    public ObservedNamespace? Of(NamespaceRef reference)
    {
        if (reference.Path is not { } path)
        {
            return Host;
        }

        if (!_sandboxes.TryGetValue(path, out ObservedNamespace? seen))
        {
            seen = TryObserve(reference);
            _sandboxes.Add(path, seen);
        }

        return seen;
    }

    private ObservedNamespace? TryObserve(NamespaceRef reference)
    {
        try
        {
            // A file that no namespace is bound to can be opened, but not entered.
            return session.Namespace(reference).Id.Device == session.Thread.Home.Id.Device
                ? new ObservedNamespace(session, reference)
                : null;
        }
        catch (IOException error) when (KernelErrors.IsAlreadyGone(error))
        {
            return null;
        }
    }
}
