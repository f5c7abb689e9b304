using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Namespaces;

/// <summary>The network namespaces of sandboxes, each bound to a file and with loopback up.</summary>
/// <remarks>A namespace is made once. From then on it is the one that the sandbox's shim lives in (<see cref="INamespaceHolders"/>),
/// whatever is bound to the file: mounts belong to a mount namespace, and a daemon may be started in another one than its predecessor. A
/// file that is not bound to the shim's namespace is bound to it again.</remarks>
internal sealed class NamespaceKind(KernelPaths paths) : ObjectKind<NamespaceObject>
{
    private const string Loopback = "lo";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(NamespaceObject desired) =>
    [
        new ActionStep(
            ApplyPhase.Namespaces,
            desired,
            () => $"ip netns add {desired.Namespace.Name}") { Do = session => Create(session, desired.Namespace) },
        LoopbackUp(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(NamespaceObject desired) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => "")
        {
            Do = session => NamespaceBinding.Restore(paths, session, desired.Namespace),
        },
        new ActionStep(ApplyPhase.LinksUp, desired, () => "") { Do = session => EnsureLoopback(session, desired.Namespace) },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(NamespaceObject desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => $"ip netns delete {desired.Namespace.Name}")
        {
            Do = session => NamespaceBinding.Remove(session, desired.Namespace),
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<NamespaceObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (NamespaceObject sandbox in desired)
        {
            if (kernel.Of(sandbox.Namespace) is not { } seen)
            {
                difference.Missing(sandbox);
            }
            else
            {
                string? unbound = NamespaceBinding.Deviation(sandbox.Namespace, seen);
                string? down = seen.Link(Loopback) is { IsUp: true } ? null : "its loopback is down";
                difference.Different(sandbox, new[] { unbound, down }.OfType<string>());
                if (unbound is not null && down is null)
                {
                    difference.Unbound(sandbox);
                }
            }
        }
    }

    private static NetlinkStep LoopbackUp(NamespaceObject desired) =>
        new(ApplyPhase.LinksUp, desired, () => $"{IpCommand.In(desired.Namespace)} link set dev {Loopback} up")
        {
            Namespace = desired.Namespace,
            Request = (_, _) => LinkRequests.SetUp(Loopback, up: true),
        };

    // A daemon in another mount namespace binds the files of all namespaces again, and has nothing else to do in them.
    private static Action? EnsureLoopback(KernelSession session, NamespaceRef reference)
    {
        NetlinkConnection inside = session.Connection(reference);
        if (inside.GetLink(Loopback) is not { IsUp: true })
        {
            inside.Execute(LinkRequests.SetUp(Loopback, up: true));
        }

        return null;
    }

    private Action? Create(KernelSession session, NamespaceRef reference)
    {
        string path = reference.Path!;
        NamespaceBinding.MakeDirectory(paths);
        if (File.Exists(path))
        {
            if (IsAlive(session, path))
            {
                return NamespaceBinding.Restore(paths, session, reference);
            }

            NamespaceFile.Remove(path); // left by a daemon that ended between making the file and binding to it
        }

        session.Keep(reference, session.Thread.Create(path));
        return () => NamespaceBinding.Remove(session, reference);
    }

    // All bound namespace files are inodes of the one nsfs; a file that nothing is bound to is not.
    private static bool IsAlive(KernelSession session, string path)
    {
        using NetworkNamespace opened = session.Thread.Open(path);
        return opened.Id.Device == session.Thread.Home.Id.Device;
    }
}
