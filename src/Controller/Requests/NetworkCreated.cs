using Net.Cnm.Networks;

namespace Net.Controller.Requests;

/// <summary>The result of creating a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Warnings">What the network's subnets do to routes of the host, each a sentence.</param>
public sealed record NetworkCreated(Network Network, IReadOnlyList<string> Warnings);
