using Net.Cnm.Addresses;
using Net.Netlink;

namespace Net.Kernel.Links;

/// <summary>Converts the model's Ethernet addresses to those of netlink.</summary>
internal static class Hardware
{
    /// <summary>The same six bytes as a netlink address.</summary>
    public static HardwareAddress Of(MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[6];
        address.CopyTo(bytes);
        return new HardwareAddress(bytes);
    }
}
