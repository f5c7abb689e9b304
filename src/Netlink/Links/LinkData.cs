namespace Net.Netlink.Links;

/// <summary>The settings of a link that depend on its kind (IFLA_INFO_DATA), or on the kind of its master (IFLA_INFO_SLAVE_DATA).</summary>
/// <remarks>A kind of link has a record of its own, named in <see cref="LinkDataCodec"/>. Settings of other kinds are kept as they are on
/// the wire (<see cref="OpaqueLinkData"/>).</remarks>
public abstract record LinkData
{
    /// <summary>The link that is created together with this one, such as the other end of a veth pair; null for most kinds.</summary>
    internal virtual LinkMessage? OtherEnd => null;

    /// <summary>Writes the attributes inside the nest.</summary>
    internal abstract void Encode(AttributeWriter writer);
}
