namespace Net.Cnm.DesiredState;

/// <summary>
/// One object that should exist. A value: two are equal when all their properties are, so that the difference of two plans is plain set
/// arithmetic.
/// </summary>
/// <remarks>
/// Members are scalars and other values, never collections. Names, not interface indexes, refer from one object to another.
/// </remarks>
public abstract record DesiredObject
{
    /// <summary>The network, endpoint, sandbox or host that the object belongs to.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>Whether removal and healing may touch the object.</summary>
    public Ownership Ownership { get; init; } = Ownership.Owned;

    /// <summary>Identifies the object although a property differs, such as <c>link:host:br-12ab</c>. Unique among all desired objects. A
    /// namespace stands in it by its path, never by a display name.</summary>
    public abstract string Key { get; }

    /// <summary>The key as a person reads it in <c>netctl doctor</c>, with the container's name for its namespace. Two objects may have the
    /// same label.</summary>
    public virtual string Label => Key;
}
