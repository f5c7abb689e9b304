using System.Net;
using System.Net.Sockets;

namespace Net.Netlink.Conntrack;

/// <summary>One direction of a tracked connection. A property that is null is not in the message.</summary>
/// <remarks>
/// Wire: CTA_TUPLE_IP and CTA_TUPLE_PROTO, both nested. Parts that this version does not know, such as the type and code of ICMP, are kept
/// and written back unchanged. Source: net/netfilter/nf_conntrack_netlink.c, ctnetlink_dump_tuples.
/// </remarks>
public sealed record ConntrackTuple
{
    /// <summary>The sender's address.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The receiver's address.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>IPPROTO_*.</summary>
    public byte? Protocol { get; init; }

    /// <summary>The sender's port.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The receiver's port.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Attributes in CTA_TUPLE_PROTO that this version does not know.</summary>
    public IReadOnlyList<UnknownAttribute> UnknownProtocol { get; init; } = [];

    /// <summary>Attributes of the tuple that this version does not know, such as a zone for this direction.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal void Encode(AttributeWriter writer)
    {
        if (Source is not null || Destination is not null)
        {
            using NestToken addresses = writer.Nest((ushort)ConntrackTupleAttribute.Addresses);
            Write(writer, Source, ConntrackAddressAttribute.IPv4Source, ConntrackAddressAttribute.IPv6Source);
            Write(writer, Destination, ConntrackAddressAttribute.IPv4Destination, ConntrackAddressAttribute.IPv6Destination);
        }

        if (Protocol is not null || SourcePort is not null || DestinationPort is not null || UnknownProtocol.Count > 0)
        {
            using NestToken protocol = writer.Nest((ushort)ConntrackTupleAttribute.Protocol);
            EncodeProtocol(writer);
        }

        writer.Unknown(Unknown);
    }

    internal static ConntrackTuple Decode(AttributeReader attributes)
    {
        var tuple = new ConntrackTuple();
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((ConntrackTupleAttribute)attribute.Type)
            {
                case ConntrackTupleAttribute.Addresses:
                    tuple = tuple.WithAddresses(attribute.AsNested());
                    break;
                case ConntrackTupleAttribute.Protocol:
                    tuple = tuple.WithProtocol(attribute.AsNested());
                    break;
                default:
                    unknown.Add(attribute.ToUnknown());
                    break;
            }
        }

        return unknown.Count == 0 ? tuple : tuple with { Unknown = unknown };
    }

    private static void Write(AttributeWriter writer, IPAddress? address, ConntrackAddressAttribute four, ConntrackAddressAttribute six)
    {
        if (address is not null)
        {
            writer.Address((ushort)(address.AddressFamily == AddressFamily.InterNetwork ? four : six), address);
        }
    }

    private void EncodeProtocol(AttributeWriter writer)
    {
        if (Protocol is { } number)
        {
            writer.UInt8((ushort)ConntrackProtocolAttribute.Number, number);
        }

        if (SourcePort is { } source)
        {
            writer.UInt16NetworkOrder((ushort)ConntrackProtocolAttribute.SourcePort, source);
        }

        if (DestinationPort is { } destination)
        {
            writer.UInt16NetworkOrder((ushort)ConntrackProtocolAttribute.DestinationPort, destination);
        }

        writer.Unknown(UnknownProtocol);
    }

    private ConntrackTuple WithAddresses(AttributeReader attributes)
    {
        ConntrackTuple tuple = this;
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((ConntrackAddressAttribute)attribute.Type)
            {
                case ConntrackAddressAttribute.IPv4Source or ConntrackAddressAttribute.IPv6Source:
                    tuple = tuple with { Source = attribute.AsAddress() };
                    break;
                case ConntrackAddressAttribute.IPv4Destination or ConntrackAddressAttribute.IPv6Destination:
                    tuple = tuple with { Destination = attribute.AsAddress() };
                    break;
            }
        }

        return tuple;
    }

    private ConntrackTuple WithProtocol(AttributeReader attributes)
    {
        ConntrackTuple tuple = this;
        var unknown = new List<UnknownAttribute>(UnknownProtocol);
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((ConntrackProtocolAttribute)attribute.Type)
            {
                case ConntrackProtocolAttribute.Number:
                    tuple = tuple with { Protocol = attribute.AsUInt8() };
                    break;
                case ConntrackProtocolAttribute.SourcePort:
                    tuple = tuple with { SourcePort = attribute.AsUInt16NetworkOrder() };
                    break;
                case ConntrackProtocolAttribute.DestinationPort:
                    tuple = tuple with { DestinationPort = attribute.AsUInt16NetworkOrder() };
                    break;
                default:
                    unknown.Add(attribute.ToUnknown());
                    break;
            }
        }

        return unknown.Count == 0 ? tuple : tuple with { UnknownProtocol = unknown };
    }
}
