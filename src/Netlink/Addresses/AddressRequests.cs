using System.Net;
using System.Net.Sockets;

namespace Net.Netlink.Addresses;

/// <summary>Builds the requests about addresses, to be executed alone or pipelined.</summary>
public static class AddressRequests
{
    /// <summary>Adds an address to a link. Exists: the link has it already.</summary>
    /// <param name="linkIndex">The index of the link; address messages take no link by name.</param>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="prefixLength">Bits: 0 to 32 or 128.</param>
    /// <param name="flags">E.g. NoDuplicateDetection, so that an IPv6 address can be used at once.</param>
    /// <param name="broadcast">Broadcast address; null for none. IPv4 only.</param>
    /// <param name="scope">Null: host for 127.0.0.0/8, link for fe80::/10, universe else.</param>
    /// <param name="protocol">Who adds it, a number as for routes; null for nobody in particular. Kernels before 5.18 ignore it.</param>
    /// <param name="replace">Whether to change the flags of an existing address instead of failing.</param>
    public static NetlinkRequest Add(
        int linkIndex,
        IPAddress address,
        byte prefixLength,
        AddressFlags flags = AddressFlags.None,
        IPAddress? broadcast = null,
        RouteScope? scope = null,
        byte? protocol = null,
        bool replace = false)
    {
        AddressMessage message = Make(linkIndex, address, prefixLength, scope ?? ScopeOf(address));
        bool headerHoldsFlags = (uint)flags <= byte.MaxValue;
        message = message with
        {
            Header = message.Header with { Flags = headerHoldsFlags ? flags : AddressFlags.None },
            Broadcast = broadcast,
            Flags = headerHoldsFlags ? null : flags,
            Protocol = protocol,
        };
        return new NetlinkRequest(
            (ushort)RouteMessageType.NewAddress,
            MessageFlags.Create | (replace ? MessageFlags.Replace : MessageFlags.Exclusive),
            message,
            $"add address {address}/{prefixLength} to link {linkIndex}");
    }

    /// <summary>Removes an address from a link. AddressNotAvailable: the link does not have it.</summary>
    public static NetlinkRequest Delete(int linkIndex, IPAddress address, byte prefixLength) => new(
        (ushort)RouteMessageType.DeleteAddress,
        MessageFlags.None,
        Make(linkIndex, address, prefixLength, RouteScope.Universe),
        $"delete address {address}/{prefixLength} of link {linkIndex}");

    /// <summary>Requests the addresses of a namespace.</summary>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="linkIndex">Only those of one link; 0 for all.</param>
    public static NetlinkRequest Dump(RouteFamily family = RouteFamily.Unspecified, int linkIndex = 0) => new(
        (ushort)RouteMessageType.GetAddress,
        MessageFlags.None,
        new AddressMessage { Header = new AddressHeader(family, 0, AddressFlags.None, RouteScope.Universe, linkIndex) },
        "list addresses");

    private static AddressMessage Make(int linkIndex, IPAddress address, byte prefixLength, RouteScope scope)
    {
        bool v4 = address.AddressFamily == AddressFamily.InterNetwork;
        RouteFamily family = v4 ? RouteFamily.IPv4 : RouteFamily.IPv6;
        return new AddressMessage
        {
            Header = new AddressHeader(family, prefixLength, AddressFlags.None, scope, linkIndex),
            Local = address,
            Address = address,
        };
    }

    private static RouteScope ScopeOf(IPAddress address) =>
        IPAddress.IsLoopback(address) ? RouteScope.Host : address.IsIPv6LinkLocal ? RouteScope.Link : RouteScope.Universe;
}
