using Net.Cnm.Firewalls;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Requests;

/// <summary>The traffic of one published port of a container.</summary>
/// <param name="Sandbox">The container.</param>
/// <param name="Traffic">The port, and the counters of its firewall rule.</param>
public sealed record SandboxTraffic(Sandbox Sandbox, PortTraffic Traffic);
