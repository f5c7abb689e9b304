namespace Net.Cnm.DesiredState;

/// <summary>A leftover that the engine removes in the same way as a desired object that is no longer wanted.</summary>
/// <param name="Kind">The kind of object, such as link, namespace or file.</param>
/// <param name="Name">The name shown to people.</param>
/// <param name="Object">The object to remove. Properties that its removal does not need may have any value.</param>
public sealed record ObjectLeftover(string Kind, string Name, DesiredObject Object) : KernelLeftover(Kind, Name, Object.Owner.Tag);
