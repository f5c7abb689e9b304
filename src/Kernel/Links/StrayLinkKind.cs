using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Links;

/// <summary>Links of ours that nothing wants, of whatever kind: found by <see cref="LinkLeftovers"/>, and only ever removed.</summary>
internal sealed class StrayLinkKind : ObjectKind<StrayLink>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(StrayLink desired) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(StrayLink desired, RemovalScope scope) =>
        [new LinkRemovalStep(ApplyPhase.RemovedBridges, desired, desired.Name)];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<StrayLink> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
    }
}
