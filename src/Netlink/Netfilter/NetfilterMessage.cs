namespace Net.Netlink.Netfilter;

/// <summary>A netfilter message whose attributes are not interpreted: get and dump requests, which often have none, and the replies to a
/// dump.</summary>
/// <param name="Header">Family and resource.</param>
/// <param name="Attributes">The attributes as they are on the wire.</param>
public sealed record NetfilterMessage(NetfilterHeader Header, IReadOnlyList<UnknownAttribute> Attributes) : INetlinkMessage
{
    /// <summary>A message without attributes.</summary>
    public NetfilterMessage(NetfilterFamily family)
        : this(new NetfilterHeader(family), [])
    {
    }

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        writer.Unknown(Attributes);
    }

    /// <summary>Reads a message and keeps its top-level attributes; <see cref="AttributeReader"/> reads nested ones from their
    /// value.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NetfilterMessage Decode(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader reader);
        var attributes = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in reader)
        {
            attributes.Add(attribute.ToUnknown());
        }

        return new NetfilterMessage(header, attributes);
    }
}
