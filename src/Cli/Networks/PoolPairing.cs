using System.Net;
using Net.Api.Networks;

namespace Net.Cli.Networks;

/// <summary>Groups the values of <c>--subnet --ip-range --gateway --aux-address</c>: each range, gateway and address belongs to the subnet
/// that contains it.</summary>
internal static class PoolPairing
{
    /// <summary>One pool for each subnet, in the order of the subnets, with the values that lie inside it.</summary>
    /// <param name="subnets">Subnets in CIDR form. Host bits are not refused here; the daemon refuses them.</param>
    /// <param name="ranges">Ranges in CIDR form, at most one for each subnet.</param>
    /// <param name="gateways">Addresses, at most one for each subnet.</param>
    /// <param name="auxiliary">Addresses by name.</param>
    /// <exception cref="FormatException">A value is not an address or subnet, lies in no subnet, or is the second of its kind there. The
    /// message, for the user, says which.</exception>
    /// <remarks>Without a subnet every range, gateway and address is refused.</remarks>
    public static IReadOnlyList<NetworkIpamPool> Pair(
        IReadOnlyList<string> subnets, IReadOnlyList<string> ranges, IReadOnlyList<string> gateways,
        IReadOnlyDictionary<string, string> auxiliary)
    {
        var pools = new List<(string Text, IPAddress Base, int Length, NetworkIpamPool Pool)>();
        foreach (string subnet in subnets)
        {
            (IPAddress address, int length) = Cidr(subnet, "subnet");
            pools.Add((subnet, address, length, new NetworkIpamPool { Subnet = subnet }));
        }

        foreach (string range in ranges)
        {
            int at = IndexOf(pools, Cidr(range, "ip-range").Address, $"ip-range {range}");
            pools[at] = pools[at] with { Pool = Once(pools[at].Pool, pools[at].Pool.IPRange, range) with { IPRange = range } };
        }

        foreach (string gateway in gateways)
        {
            int at = IndexOf(pools, Address(gateway, "gateway"), $"gateway {gateway}");
            pools[at] = pools[at] with { Pool = Once(pools[at].Pool, pools[at].Pool.Gateway, gateway) with { Gateway = gateway } };
        }

        foreach ((string name, string text) in auxiliary)
        {
            int at = IndexOf(pools, Address(text, "aux-address"), $"aux-address {name}={text}");
            var addresses = new Dictionary<string, string>(pools[at].Pool.AuxiliaryAddresses ?? new Dictionary<string, string>())
            {
                [name] = text,
            };
            pools[at] = pools[at] with { Pool = pools[at].Pool with { AuxiliaryAddresses = addresses } };
        }

        return [.. pools.Select(p => p.Pool)];
    }

    private static NetworkIpamPool Once(NetworkIpamPool pool, string? present, string second) => present is null
        ? pool
        : throw new FormatException($"{second} is the second of its kind in subnet {pool.Subnet}, after {present}: give one a subnet");

    private static int IndexOf(List<(string Text, IPAddress Base, int Length, NetworkIpamPool Pool)> pools, IPAddress address, string what)
    {
        int at = pools.FindIndex(p => p.Base.AddressFamily == address.AddressFamily && SamePrefix(p.Base, address, p.Length));
        string subnets = pools.Count == 0 ? "there is none; give --subnet" : string.Join(", ", pools.Select(p => p.Text));
        return at >= 0 ? at : throw new FormatException($"{what} lies in no subnet of the network ({subnets})");
    }

    private static bool SamePrefix(IPAddress left, IPAddress right, int length)
    {
        byte[] a = left.GetAddressBytes();
        byte[] b = right.GetAddressBytes();
        for (int bit = 0; bit < length; bit++)
        {
            int mask = 0x80 >> (bit % 8);
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }

    private static IPAddress Address(string text, string what) => IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new FormatException($"invalid {what} \"{text}\": it takes an address such as 10.5.0.1");

    private static (IPAddress Address, int Length) Cidr(string text, string what)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IPAddress.TryParse(text[..slash], out IPAddress? address) && int.TryParse(text[(slash + 1)..], out int length)
            && length >= 0 && length <= address.GetAddressBytes().Length * 8
            ? (address, length)
            : throw new FormatException($"invalid {what} \"{text}\": it takes an address and a prefix length such as 10.5.0.0/24");
    }
}
