using Net.Cnm.Ports;

namespace Net.Controller.Requests;

/// <summary>The result of publishing further ports.</summary>
/// <param name="Mappings">The mappings that were chosen; empty while the container has no network stack.</param>
/// <param name="Warnings">Why some ports are not published although nothing failed, each a sentence.</param>
public sealed record PortsPublished(IReadOnlyList<PortMapping> Mappings, IReadOnlyList<string> Warnings);
