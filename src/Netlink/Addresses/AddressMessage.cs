using System.Net;

namespace Net.Netlink.Addresses;

/// <summary>An address on a link, as carried by RTM_NEWADDR, RTM_DELADDR and RTM_GETADDR. A property that is null is not in the
/// message.</summary>
/// <remarks>
/// Wire: <c>struct ifaddrmsg</c>, then IFA_* attributes. Source: include/uapi/linux/if_addr.h, rtnetlink(7). Attributes this version does
/// not know are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record AddressMessage : INetlinkMessage
{
    /// <summary>Family, prefix length, scope and link.</summary>
    public AddressHeader Header { get; init; }

    /// <summary>The address, or on a point-to-point link that of the other end (IFA_ADDRESS).</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The link's own address (IFA_LOCAL): always present with IPv4; with IPv6 only when there is another end.</summary>
    public IPAddress? Local { get; init; }

    /// <summary>Broadcast address; IPv4 only.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>Label of an IPv4 address; starts with the link's name.</summary>
    public string? Label { get; init; }

    /// <summary>All flags (IFA_FLAGS).</summary>
    public AddressFlags? Flags { get; init; }

    /// <summary>Metric of the route to its subnet (IFA_RT_PRIORITY).</summary>
    public uint? RoutePriority { get; init; }

    /// <summary>Who added it (IFA_PROTO, since Linux 5.18; earlier kernels ignore and never send it).</summary>
    public byte? Protocol { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <summary>The link's own address, whichever attribute carries it.</summary>
    public IPAddress? OwnAddress => Local ?? Address;

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        WriteAddress(writer, AddressAttribute.Local, Local);
        WriteAddress(writer, AddressAttribute.Broadcast, Broadcast);
        WriteAddress(writer, AddressAttribute.Address, Address);
        if (Label is { } label)
        {
            writer.String((ushort)AddressAttribute.Label, label);
        }

        if (Flags is { } flags)
        {
            writer.UInt32((ushort)AddressAttribute.Flags, (uint)flags);
        }

        if (RoutePriority is { } priority)
        {
            writer.UInt32((ushort)AddressAttribute.RoutePriority, priority);
        }

        if (Protocol is { } protocol)
        {
            writer.UInt8((ushort)AddressAttribute.Protocol, protocol);
        }

        writer.Unknown(Unknown);
    }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not an address message.</exception>
    public static AddressMessage Decode(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: false);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte})"/>, without the attributes that this version does not know: nobody asks for them
    /// who only compares.</summary>
    public static AddressMessage DecodeKnown(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: true);

    private static AddressMessage Decode(ReadOnlySpan<byte> payload, bool dropsUnknown)
    {
        var message = new AddressMessage { Header = AddressHeader.Decode(payload, out AttributeReader attributes) };
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes.DroppingUnknown(dropsUnknown))
        {
            switch ((AddressAttribute)attribute.Type)
            {
                case AddressAttribute.Address:
                    message = message with { Address = attribute.AsAddress() };
                    break;
                case AddressAttribute.Local:
                    message = message with { Local = attribute.AsAddress() };
                    break;
                case AddressAttribute.Broadcast:
                    message = message with { Broadcast = attribute.AsAddress() };
                    break;
                case AddressAttribute.Label:
                    message = message with { Label = attribute.AsString() };
                    break;
                case AddressAttribute.Flags:
                    message = message with { Flags = (AddressFlags)attribute.AsUInt32() };
                    break;
                case AddressAttribute.RoutePriority:
                    message = message with { RoutePriority = attribute.AsUInt32() };
                    break;
                case AddressAttribute.Protocol:
                    message = message with { Protocol = attribute.AsUInt8() };
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return unknown.Count == 0 ? message : message with { Unknown = unknown };
    }

    private static void WriteAddress(AttributeWriter writer, AddressAttribute type, IPAddress? value)
    {
        if (value is not null)
        {
            writer.Address((ushort)type, value);
        }
    }
}
