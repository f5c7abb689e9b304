using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Drivers.Ipam.Default;

/// <summary>A block of addresses from which networks without a configured subnet get theirs, as in <c>--default-address-pool
/// base=10.10.0.0/16,size=24</c>.</summary>
public sealed record DefaultAddressPool
{
    /// <summary>Creates a pool from a block and the size of its subnets.</summary>
    /// <param name="block">The block that is divided into subnets.</param>
    /// <param name="size">The prefix length of each subnet: from the block's own to 30 (IPv4) or 126 (IPv6). The longer it is, the fewer
    /// endpoints a network can have.</param>
    /// <exception cref="CnmException">InvalidParameter: the size is not in that range.</exception>
    public DefaultAddressPool(IPNetwork block, int size)
    {
        int largest = AddressNumber.IsIPv6(block) ? 126 : 30;
        if (size < block.PrefixLength || size > largest)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"default address pool {block} cannot be cut in subnets of size {size}; choose a size from {block.PrefixLength} to " +
                    $"{largest}"));
        }

        Base = block;
        Size = size;
    }

    /// <summary>The pools when none is configured: 172.17.0.0/16 to 172.31.0.0/16 and 192.168.0.0/16 in /22, which are 1024 networks of as
    /// many addresses as a bridge has ports.</summary>
    public static IReadOnlyList<DefaultAddressPool> BuiltIn { get; } =
    [
        .. Enumerable.Range(17, 15).Select(second => new DefaultAddressPool(IPNetwork.Parse($"172.{second}.0.0/16"), 22)),
        new DefaultAddressPool(IPNetwork.Parse("192.168.0.0/16"), 22),
    ];

    /// <summary>The block.</summary>
    public IPNetwork Base { get; }

    /// <summary>The prefix length of the subnets that the block is divided into.</summary>
    public int Size { get; }

    /// <summary>Parses <c>base=CIDR,size=N</c>, in either order.</summary>
    /// <exception cref="CnmException">InvalidParameter: the text has another form.</exception>
    public static DefaultAddressPool Parse(string text)
    {
        string? block = null;
        int? size = null;
        foreach (string part in text.Split(','))
        {
            if (part.StartsWith("base=", StringComparison.Ordinal) && block is null)
            {
                block = part["base=".Length..];
            }
            else if (part.StartsWith("size=", StringComparison.Ordinal)
                && size is null
                && int.TryParse(part.AsSpan("size=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                size = number;
            }
            else
            {
                throw Malformed(text);
            }
        }

        return new DefaultAddressPool(SubnetParser.Parse(block ?? throw Malformed(text)), size ?? throw Malformed(text));
    }

    private static CnmException Malformed(string text) =>
        new(CnmErrorKind.InvalidParameter, $"invalid default address pool \"{text}\": write it as base=10.10.0.0/16,size=24");
}
