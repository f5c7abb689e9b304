namespace Net.Netlink.Links;

/// <summary>Settings of a kind of link that this version does not know, as they are on the wire.</summary>
/// <param name="Attributes">The attributes in the order in which they were received.</param>
public sealed record OpaqueLinkData(IReadOnlyList<UnknownAttribute> Attributes) : LinkData
{
    internal static OpaqueLinkData Decode(AttributeReader data)
    {
        var kept = new List<UnknownAttribute>();
        foreach (NetlinkAttribute item in data)
        {
            item.KeepIn(kept);
        }

        return new OpaqueLinkData(kept);
    }

    internal override void Encode(AttributeWriter writer) => writer.Unknown(Attributes);
}
