using System.Runtime.InteropServices;

namespace Net.Netlink.Addresses;

/// <summary>The fixed struct of an address message.</summary>
/// <param name="Family">ifa_family.</param>
/// <param name="PrefixLength">ifa_prefixlen, bits.</param>
/// <param name="Flags">ifa_flags: the lower 8 flags; all of them are in IFA_FLAGS.</param>
/// <param name="Scope">ifa_scope.</param>
/// <param name="LinkIndex">ifa_index.</param>
/// <remarks>Wire: <c>struct ifaddrmsg</c>, 8 bytes. Source: include/uapi/linux/if_addr.h.</remarks>
public readonly record struct AddressHeader(RouteFamily Family, byte PrefixLength, AddressFlags Flags, RouteScope Scope, int LinkIndex)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 8;

    /// <summary>Appends the struct.</summary>
    public void Encode(AttributeWriter writer)
    {
        Span<byte> span = writer.Struct(Length);
        span[0] = (byte)Family;
        span[1] = PrefixLength;
        span[2] = (byte)Flags;
        span[3] = (byte)Scope;
        MemoryMarshal.Write(span[4..], LinkIndex);
    }

    /// <summary>Reads the struct and gives the attributes after it.</summary>
    /// <exception cref="NetlinkFormatException">The payload is under 8 bytes.</exception>
    public static AddressHeader Decode(ReadOnlySpan<byte> payload, out AttributeReader attributes)
    {
        ReadOnlySpan<byte> span = AttributeReader.SplitStruct(payload, Length, "struct ifaddrmsg", out attributes);
        return new AddressHeader(
            (RouteFamily)span[0], span[1], (AddressFlags)span[2], (RouteScope)span[3], MemoryMarshal.Read<int>(span[4..]));
    }
}
