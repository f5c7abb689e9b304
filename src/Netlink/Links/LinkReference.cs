using System.Globalization;

namespace Net.Netlink.Links;

/// <summary>A link by its index or by its name.</summary>
/// <remarks>An int or a string converts to it implicitly.</remarks>
public readonly record struct LinkReference
{
    private LinkReference(int index, string? name)
    {
        Index = index;
        Name = name;
    }

    /// <summary>The index, or 0 when the link is named.</summary>
    public int Index { get; }

    /// <summary>The name, or null when the link is meant by index.</summary>
    public string? Name { get; }

    /// <summary>Refers to the link with this index.</summary>
    public static LinkReference ByIndex(int index) => new(index, null);

    /// <summary>Refers to the link of this name, at most 15 bytes.</summary>
    public static LinkReference ByName(string name) => new(0, name);

    /// <summary>Refers to the link with this index.</summary>
    public static implicit operator LinkReference(int index) => ByIndex(index);

    /// <summary>Refers to the link of this name.</summary>
    public static implicit operator LinkReference(string name) => ByName(name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? Index.ToString(CultureInfo.InvariantCulture);

    internal LinkMessage ToMessage(LinkFlags flags = LinkFlags.None, LinkFlags change = LinkFlags.None) => new()
    {
        Header = new LinkHeader(RouteFamily.Unspecified, 0, Index, flags, change),
        Name = Name,
    };
}
