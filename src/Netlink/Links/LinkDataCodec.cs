namespace Net.Netlink.Links;

/// <summary>Names the decoder of each kind of link whose settings are known.</summary>
internal static class LinkDataCodec
{
    /// <summary>Decodes IFLA_INFO_DATA.</summary>
    /// <param name="kind">The kind of the link; null when the message has none.</param>
    /// <param name="data">The attributes inside.</param>
    /// <param name="isPeer">Whether the link is a veth peer. A peer inside a peer, which no kernel sends, is kept undecoded, so that
    /// hostile bytes cannot nest without end.</param>
    public static LinkData DecodeLink(string? kind, AttributeReader data, bool isPeer) => kind switch
    {
        BridgeSettings.Kind => BridgeSettings.Decode(data),
        VethSettings.Kind when !isPeer => VethSettings.Decode(data),
        MacvlanSettings.Kind => MacvlanSettings.Decode(data),
        IpvlanSettings.Kind => IpvlanSettings.Decode(data),
        VlanSettings.Kind => VlanSettings.Decode(data),
        _ => OpaqueLinkData.Decode(data),
    };

    /// <summary>Decodes IFLA_INFO_SLAVE_DATA, by the kind of the master.</summary>
    public static LinkData DecodePort(string? masterKind, AttributeReader data) => masterKind switch
    {
        BridgeSettings.Kind => BridgePortSettings.Decode(data),
        _ => OpaqueLinkData.Decode(data),
    };
}
