using Net.Cnm.Identifiers;

namespace Net.Cnm.Sandboxes;

/// <summary>A link of a sandbox to another one on the default network <c>bridge</c>, where sandboxes have no names but these. On other
/// networks a link is a <see cref="Endpoints.PrivateName"/>.</summary>
/// <param name="Target">The sandbox that is linked to: one with a network stack of its own. It need not run, or be on that network; the
/// link leads nowhere then.</param>
/// <param name="Alias">The name under which the linking sandbox knows it.</param>
public sealed record SandboxLink(SandboxId Target, string Alias);
