using System.Net;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Findings;

/// <summary>A DNS server that containers use and that does not answer.</summary>
/// <param name="Server">Its address and port.</param>
/// <param name="Sandbox">The container for which it was named, and from whose network it is asked; null for one of the host's or the
/// daemon's.</param>
/// <param name="HasOthers">Whether another server of the same list answers.</param>
/// <param name="HasRoute">Whether there is a route to it. A host without a way out is none that has a dead server.</param>
public sealed record SilentResolver(IPEndPoint Server, SandboxId? Sandbox, bool HasOthers, bool HasRoute = true);
