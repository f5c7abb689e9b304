namespace Net.Cnm.DesiredState;

/// <summary>What other objects are in or on: a network namespace, or a link in one.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Link">The interface name; null for the namespace as a whole.</param>
public readonly record struct ObjectPlace(NamespaceRef Namespace, string? Link = null);
