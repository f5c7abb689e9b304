using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Links;

/// <summary>Whether the kernel has kinds of links. That it has not is no difference that mending could end; a survey tells it
/// (<see cref="LinkKindProbe"/>).</summary>
internal sealed class LinkKindSupportKind : ObjectKind<LinkKindSupport>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(LinkKindSupport desired) =>
    [
        new ActionStep(ApplyPhase.Bridges, desired, () => "")
        {
            Do = session =>
            {
                LinkKindProbe.Require(session.Connection(NamespaceRef.Host), desired.Kind);
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
