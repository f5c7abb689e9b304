using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Netlink.Links;

namespace Net.Kernel.Namespaces;

/// <summary>The network namespaces of sandboxes, each bound to a file and with loopback up.</summary>
internal sealed class NamespaceKind(KernelPaths paths) : ObjectKind<NamespaceObject>
{
    private const string Leftover = "namespace";

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
    protected override IEnumerable<Step> Correct(NamespaceObject desired) => [LoopbackUp(desired)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(NamespaceObject desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => $"ip netns delete {desired.Namespace.Name}")
        {
            Do = session =>
            {
                session.Close(desired.Namespace);
                NamespaceFile.Remove(desired.Namespace.Path!);
                return null;
            },
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
            else if (seen.Link("lo") is not { IsUp: true })
            {
                difference.Different(sandbox, ["its loopback is down"]);
            }
        }

        if (!Directory.Exists(paths.NamespaceDirectory))
        {
            return;
        }

        HashSet<string> wanted = [.. desired.Select(sandbox => sandbox.Namespace.Path!)];
        foreach (string file in Directory.EnumerateFiles(paths.NamespaceDirectory).Where(file => !wanted.Contains(file)))
        {
            string id = Path.GetFileName(file);
            var removable = new NamespaceObject { Owner = new OwnerId(OwnerKind.Sandbox, id), Namespace = NamespaceRef.At(file, id) };
            difference.Leftover(new ObjectLeftover(Leftover, file, removable));
        }
    }

    private static NetlinkStep LoopbackUp(NamespaceObject desired) =>
        new(ApplyPhase.LinksUp, desired, () => $"{IpCommand.In(desired.Namespace)} link set dev lo up")
        {
            Namespace = desired.Namespace,
            Request = (_, _) => LinkRequests.SetUp("lo", up: true),
        };

    private Action? Create(KernelSession session, NamespaceRef reference)
    {
        string path = reference.Path!;
        Directory.CreateDirectory(paths.NamespaceDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (File.Exists(path))
        {
            if (IsAlive(session, path))
            {
                return null;
            }

            NamespaceFile.Remove(path); // left by a daemon that ended between making the file and binding to it
        }

        session.Keep(reference, session.Thread.Create(path));
        return () =>
        {
            session.Close(reference);
            NamespaceFile.Remove(path);
        };
    }

    // All bound namespace files are inodes of the one nsfs; a file that nothing is bound to is not.
    private static bool IsAlive(KernelSession session, string path)
    {
        using NetworkNamespace opened = session.Thread.Open(path);
        return opened.Id.Device == session.Thread.Home.Id.Device;
    }
}
