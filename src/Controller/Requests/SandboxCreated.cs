using Net.Cnm.Identifiers;

namespace Net.Controller.Requests;

/// <summary>The result of creating a container.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Warnings">Parts of the request that had no effect, each a sentence.</param>
public sealed record SandboxCreated(SandboxId Id, IReadOnlyList<string> Warnings);
