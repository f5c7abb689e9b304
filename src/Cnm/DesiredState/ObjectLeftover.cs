namespace Net.Cnm.DesiredState;

/// <summary>A leftover that is removed like a desired object that is no longer wanted.</summary>
/// <param name="Kind">Its sort.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Object">The object to remove. Properties that its removal does not need may have any value.</param>
public sealed record ObjectLeftover(string Kind, string Name, DesiredObject Object) : KernelLeftover(Kind, Name, Object.Owner.Tag);
