namespace Net.Cnm.Endpoints;

/// <summary>A DNS name that is resolved for one sandbox only. Links (<c>--link</c>) on a network with DNS names are stored in this
/// form.</summary>
/// <param name="Name">The name to resolve.</param>
/// <param name="Target">What it stands for: any name that the network of the endpoint has for another sandbox, as it is when the name is
/// asked for. While the network has no such name, the private name does not resolve.</param>
public sealed record PrivateName(string Name, string Target);
