using Net.Cnm.Identifiers;

namespace Net.Cnm.Endpoints;

/// <summary>A name that one sandbox alone resolves: what a link is on a network that has names.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">Whom it means, on the network of the endpoint that has the name. It may be gone, or elsewhere: then nobody is
/// meant.</param>
public sealed record PrivateName(string Name, SandboxId Target);
