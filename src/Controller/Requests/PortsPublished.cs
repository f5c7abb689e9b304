using Net.Cnm.Ports;

namespace Net.Controller.Requests;

/// <summary>What came of publishing further ports.</summary>
/// <param name="Mappings">What was chosen for them; empty while the container has no network stack.</param>
/// <param name="Warnings">What the caller should know though it worked.</param>
public sealed record PortsPublished(IReadOnlyList<PortMapping> Mappings, IReadOnlyList<string> Warnings);
