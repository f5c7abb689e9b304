namespace Net.Netlink.Addresses;

/// <summary>Extension methods of a NETLINK_ROUTE connection that execute address requests and decode the replies.</summary>
public static class AddressConnectionExtensions
{
    /// <summary>The addresses of the namespace, without attributes that this version does not know.</summary>
    /// <param name="connection">A route connection.</param>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="linkIndex">Only those of one link; 0 for all. NoDevice: there is no such link.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<AddressMessage> DumpAddresses(
        this NetlinkConnection connection, RouteFamily family = RouteFamily.Unspecified, int linkIndex = 0) =>
        connection.Dump(AddressRequests.Dump(family, linkIndex), AddressMessage.DecodeKnown)
            .Where(address => linkIndex == 0 || address.Header.LinkIndex == linkIndex) // kernels before 4.20 do not filter
            .ToList();
}
