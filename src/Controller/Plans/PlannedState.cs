using Net.Cnm.DesiredState;

namespace Net.Controller.Plans;

/// <summary>Desired state as far as it could be planned: a network, endpoint or sandbox that cannot be planned is left out, and the others
/// are planned.</summary>
/// <param name="Objects">What should exist.</param>
/// <param name="Problems">Why something is left out, each a sentence; empty when nothing is. While it is not, nothing can be said to be
/// unwanted: it may belong to what is left out.</param>
internal sealed record PlannedState(IReadOnlyList<DesiredObject> Objects, IReadOnlyList<string> Problems);
