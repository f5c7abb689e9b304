using Net.Cnm.Identifiers;

namespace Net.Cnm.Endpoints;

/// <summary>A DNS name that is resolved for one sandbox only. Links (<c>--link</c>) on a network with DNS names are stored in this
/// form.</summary>
/// <param name="Name">The name to resolve.</param>
/// <param name="Target">The sandbox that the name stands for, on the network of the endpoint that holds the name. When this sandbox no
/// longer exists or is not on that network, the name does not resolve.</param>
public sealed record PrivateName(string Name, SandboxId Target);
