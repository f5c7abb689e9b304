using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Linux.Processes;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;

namespace Net.Kernel.Namespaces;

/// <summary>Network namespaces that other programs made and sandboxes use.</summary>
/// <remarks>The namespace is looked for at its source once; from then on it is the one that the sandbox's shim lives in, as for
/// <see cref="NamespaceKind"/>. Loopback is set up, since the resolver listens there; where it was down, it carries the sandbox's tag as
/// ifalias, and is set down again when the sandbox is removed.</remarks>
internal sealed class AdoptedNamespaceKind(KernelPaths paths) : ObjectKind<AdoptedNamespace>
{
    private const string Loopback = "lo";
    private const byte LoopbackPrefix = 8;

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(AdoptedNamespace desired) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => $"ip netns attach {desired.Namespace.Name} # {desired.Source}")
        {
            Do = session => Adopt(session, desired),
        },
        LoopbackUp(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(AdoptedNamespace desired) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => "")
        {
            Do = session => NamespaceBinding.Restore(paths, session, desired.Namespace),
        },
        LoopbackUp(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(AdoptedNamespace desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Namespaces, desired, () => $"ip netns delete {desired.Namespace.Name} # what is in it stays")
        {
            Do = session =>
            {
                RestoreLoopback(session, desired);
                return NamespaceBinding.Remove(session, desired.Namespace);
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<AdoptedNamespace> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (AdoptedNamespace adopted in desired)
        {
            if (kernel.Of(adopted.Namespace) is not { } seen)
            {
                difference.Missing(adopted);
            }
            else if (NamespaceBinding.Deviation(adopted.Namespace, seen) is { } unbound)
            {
                difference.Different(adopted, [unbound]);
                difference.Unbound(adopted);
            }
        }
    }

    private static ActionStep LoopbackUp(AdoptedNamespace desired) => new(
        ApplyPhase.LinksUp, desired, () => $"{IpCommand.In(desired.Namespace)} link set dev {Loopback} up")
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            if (inside.GetLink(Loopback) is { IsUp: false })
            {
                inside.Execute(LinkRequests.SetAlias(Loopback, desired.Owner.Tag));
                inside.Execute(LinkRequests.SetUp(Loopback, up: true));
                return () => RestoreLoopback(session, desired);
            }

            return null;
        },
    };

    private static void RestoreLoopback(KernelSession session, AdoptedNamespace desired)
    {
        NetlinkConnection inside = session.Connection(desired.Namespace);
        if (inside.GetLink(Loopback) is { } loopback && loopback.Alias == desired.Owner.Tag)
        {
            inside.Pipeline(
            [
                AddressRequests.Delete(loopback.Index, IPAddress.Loopback, LoopbackPrefix), // the kernel gave it when the link came up
                LinkRequests.SetAlias(Loopback, ""),
                LinkRequests.SetUp(Loopback, up: false),
            ]);
        }
    }

    private Action? Adopt(KernelSession session, AdoptedNamespace desired)
    {
        string path = desired.Namespace.Path!;
        RequireSameProcess(desired);
        using NetworkNamespace found = Open(session, desired);
        if (found.Id == session.Thread.Home.Id)
        {
            throw Invalid($"{desired.Source} is the host's own network namespace; use --network host for it");
        }

        if (IsOfAnother(session, found, path))
        {
            throw Invalid($"{desired.Source} is the network namespace of another container of netctl; use --network container:NAME");
        }

        NamespaceBinding.MakeDirectory(paths);
        NamespaceFile.Bind(found, path);
        return () => NamespaceBinding.Remove(session, desired.Namespace);
    }

    private static NetworkNamespace Open(KernelSession session, AdoptedNamespace desired)
    {
        NetworkNamespace? opened = null;
        try
        {
            opened = session.Thread.OpenBound(desired.Source);
            if (opened.Id.Device == session.Thread.Home.Id.Device && opened.Run(static () => true))
            {
                return opened;
            }
        }
        catch (LinuxException error) when (opened is null && KernelErrors.IsAlreadyGone(error))
        {
            throw new CnmException(
                CnmErrorKind.NotFound, $"network namespace {desired.Source} does not exist; ip netns list shows those with names", error);
        }
        catch (LinuxException error) when (opened is not null && error.Errno == Errno.InvalidArgument)
        {
            // A namespace of another kind cannot be entered as a network namespace: setns(2).
        }

        opened?.Dispose();
        throw Invalid(
            $"{desired.Source} is not a network namespace, at least not in the daemon's mount namespace; give a file of /run/netns, or a "
                + "process with --pid");
    }

    // A process that has taken over the id of the one that was meant is somebody else.
    private static void RequireSameProcess(AdoptedNamespace desired)
    {
        if (desired.StartTicks is { } ticks
            && (!int.TryParse(desired.Source.Split('/') is [_, _, var id, ..] ? id : "", out int process)
                || ProcessIdentity.Of(process)?.StartTicks != ticks))
        {
            throw new CnmException(
                CnmErrorKind.NotFound,
                $"the process whose network namespace was adopted ({desired.Source}) has ended; remove the container and adopt another");
        }
    }

    private bool IsOfAnother(KernelSession session, NetworkNamespace found, string own) =>
        Directory.Exists(paths.NamespaceDirectory)
        && Directory.EnumerateFiles(paths.NamespaceDirectory).Where(file => file != own).Any(file =>
        {
            try
            {
                using NetworkNamespace other = session.Thread.Open(file);
                return other.Id == found.Id;
            }
            catch (LinuxException error) when (KernelErrors.IsAlreadyGone(error))
            {
                return false;
            }
        });

    private static CnmException Invalid(string words) => new(CnmErrorKind.InvalidParameter, words);
}
