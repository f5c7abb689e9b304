namespace Net.Cnm.DesiredState;

/// <summary>One object that should exist in the kernel or the file system. Two objects are equal when all their properties are equal, so
/// that the difference of two plans is a difference of sets.</summary>
/// <remarks>All properties are scalars or other values, never collections. An object refers to another by its name, never by its interface
/// index.</remarks>
public abstract record DesiredObject
{
    /// <summary>The network, endpoint, sandbox or host that the object belongs to.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>What removal and healing may do to the object. Default <see cref="Ownership.Owned"/>.</summary>
    public Ownership Ownership { get; init; } = Ownership.Owned;

    /// <summary>The identity of the object, which stays when other properties change, such as <c>link:host:br-12ab</c>. Unique among all
    /// desired objects. A namespace appears in a key by its path, never by its display name.</summary>
    public abstract string Key { get; }

    /// <summary>The key in the form that <c>netctl doctor</c> shows: with the container's name in place of the path of its namespace. Two
    /// objects may have the same label.</summary>
    public virtual string Label => Key;

    /// <summary>The namespaces and links that exist with this object: what other objects can be in or on. They go when it goes,
    /// unless it <see cref="KeepsPlaces"/>.</summary>
    public virtual IEnumerable<ObjectPlace> Places => [];

    /// <summary>Whether the places stay when the object is removed, so that what is in or on them has to be removed by itself. Default
    /// false.</summary>
    public virtual bool KeepsPlaces => false;

    /// <summary>The namespaces and links without which this object cannot exist.</summary>
    public virtual IEnumerable<ObjectPlace> RestsOn => [];
}
