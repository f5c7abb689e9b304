using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>The result of a mending.</summary>
/// <param name="Found">The differences before it.</param>
/// <param name="Left">The differences that are left.</param>
/// <param name="Problems">Why some are left, and what could not be planned and so not be mended either, each a sentence.</param>
public sealed record MendingReport(StateDifference Found, StateDifference Left, IReadOnlyList<string> Problems)
{
    /// <summary>Whether everything in the model could be planned. If not, what is left over is not known.</summary>
    public bool AllIsPlanned { get; init; } = true;

    /// <summary>What looked left over and was left alone, since the store is lost and may have held it.</summary>
    public IReadOnlyList<KernelLeftover> Withheld { get; init; } = [];

    /// <summary>This report of a second mending, together with the first one and with what plug-ins could not be told in between.</summary>
    public MendingReport After(MendingReport first, IReadOnlyList<string> problems) => this with
    {
        Found = first.Found,
        Problems = [.. Problems, .. problems],
        IsDone = IsDone && problems.Count == 0,
    };

    /// <summary>Whether the kernel has nothing any more of what was removed, so that its addresses may be used again.</summary>
    public bool RemovalsAreDone => AllIsPlanned && Left.LeftoversAreKnown && Left.Leftover.Count == 0;

    /// <summary>Whether all that was found is repaired.</summary>
    public bool IsDone { get; init; } = true;
}
