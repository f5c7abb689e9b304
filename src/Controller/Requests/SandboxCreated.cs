using Net.Cnm.Identifiers;

namespace Net.Controller.Requests;

/// <summary>What came of creating a container.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Warnings">What of the request had no effect, one sentence each.</param>
public sealed record SandboxCreated(SandboxId Id, IReadOnlyList<string> Warnings);
