using Net.Cnm.Addresses;
using Net.Netlink;

namespace Net.Kernel.Links;

/// <summary>The model's Ethernet address as netlink has it.</summary>
internal static class Hardware
{
    /// <summary>The same six bytes.</summary>
    public static HardwareAddress Of(MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[6];
        address.CopyTo(bytes);
        return new HardwareAddress(bytes);
    }
}
