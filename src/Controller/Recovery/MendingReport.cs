using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>The result of a mending.</summary>
/// <param name="Found">The differences before it.</param>
/// <param name="Left">The differences that are left.</param>
/// <param name="Problems">Why some are left, as far as that is known, each a sentence.</param>
public sealed record MendingReport(StateDifference Found, StateDifference Left, IReadOnlyList<string> Problems);
