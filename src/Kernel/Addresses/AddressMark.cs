using Net.Kernel.Routes;
using Net.Netlink.Addresses;

namespace Net.Kernel.Addresses;

/// <summary>Tells addresses that this daemon put on links of other programs. On links of ours, the link's mark tells.</summary>
/// <remarks>An address has room for who added it only (IFA_PROTO, since Linux 5.18): a daemon that was killed between two steps leaves one
/// that is still known as ours. On earlier kernels it is removed by what the store knows alone.</remarks>
internal static class AddressMark
{
    /// <summary>Our protocol number, as for routes.</summary>
    public const byte Protocol = (byte)RouteMark.Protocol;

    /// <summary>Whether this daemon added the address.</summary>
    public static bool IsOurs(AddressMessage address) => address.Protocol == Protocol;
}
