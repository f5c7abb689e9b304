using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>What came of a mending.</summary>
/// <param name="Found">What differed before.</param>
/// <param name="Left">What differs still.</param>
/// <param name="Problems">Why, as far as that is known, each a sentence.</param>
public sealed record MendingReport(StateDifference Found, StateDifference Left, IReadOnlyList<string> Problems);
