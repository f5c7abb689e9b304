using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>Whether the kernel has kinds of links. A link of the kind is asked for without a lower link: a kernel that has the kind,
/// perhaps in a module that it loads for the request, refuses the request itself (EINVAL); one that has not refuses the kind (EOPNOTSUPP).
/// So nothing is made in either case.</summary>
internal sealed class LinkKindSupportKind : ObjectKind<LinkKindSupport>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(LinkKindSupport desired) =>
    [
        new ActionStep(ApplyPhase.Bridges, desired, () => "")
        {
            Do = session =>
            {
                try
                {
                    session.Connection(NamespaceRef.Host).Execute(
                        LinkRequests.Add(new LinkMessage { Info = new LinkInfo { Kind = desired.Kind } }));
                }
                catch (NetlinkException refusal) when (refusal.Errno != Errno.NotSupported)
                {
                    // The kernel has the kind.
                }

                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(LinkKindSupport desired, RemovalScope scope) => [];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<LinkKindSupport> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
    }
}
