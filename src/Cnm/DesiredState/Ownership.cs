namespace Net.Cnm.DesiredState;

/// <summary>Who owns an object, which decides what removal and healing may do to it.</summary>
public enum Ownership
{
    /// <summary>This program owns the object: the engine creates, heals and removes it, and tags it with the owner's id where the kernel
    /// allows a tag.</summary>
    Owned,

    /// <summary>The object exists without this program: only the given properties are set. The prior value is stored and set back
    /// later.</summary>
    Adopted,

    /// <summary>This program created the object and another program has taken it over: healing never creates it again, but removal still
    /// removes it.</summary>
    HandedOver,
}
