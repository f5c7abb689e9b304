using Net.Cnm.Firewalls;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Requests;

/// <summary>What a published port of a container has carried.</summary>
/// <param name="Sandbox">The container.</param>
/// <param name="Traffic">The port, and what its rule has counted.</param>
public sealed record SandboxTraffic(Sandbox Sandbox, PortTraffic Traffic);
