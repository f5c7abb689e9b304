namespace Net.Cnm.DesiredState;

/// <summary>
/// One thing that should exist. A value: two are equal when everything about them is, so that the difference of two plans is plain set arithmetic.
/// </summary>
/// <remarks>
/// Members are scalars and other values, never collections. Names, not interface indexes, refer from one object to another.
/// </remarks>
public abstract record DesiredObject
{
    /// <summary>Whose it is.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>What may be done to it.</summary>
    public Ownership Ownership { get; init; } = Ownership.Owned;

    /// <summary>What makes it the same thing although a property differs, such as <c>link:host:br-12ab</c>. Unique among all desired objects.</summary>
    public abstract string Key { get; }
}
