using System.Net;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Findings;

/// <summary>A DNS server that containers use and that does not answer.</summary>
/// <param name="Server">Its address and port.</param>
/// <param name="Sandbox">The container for which it was named, and from whose network it is asked; null for one of the host's or the
/// daemon's.</param>
/// <param name="HasOthers">Whether another server of the same list answers.</param>
public sealed record SilentResolver(IPEndPoint Server, SandboxId? Sandbox, bool HasOthers);
