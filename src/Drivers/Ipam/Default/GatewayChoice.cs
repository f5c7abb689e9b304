using System.Net;
using Net.Cnm.Ipam;

namespace Net.Drivers.Ipam.Default;

/// <summary>Chooses the gateway address of a subnet when the user configures none.</summary>
internal static class GatewayChoice
{
    /// <summary>The first usable address of the range, else of the subnet, that is not an auxiliary address.</summary>
    /// <remarks>As Docker, but never the first address of the range itself, which looks like a network address (10.50.0.128 of
    /// 10.50.0.128/25); containers may have it. A range of one or two addresses is left to the containers when the subnet has another
    /// address.</remarks>
    /// <returns>The gateway; null when every address is an auxiliary address.</returns>
    public static IPAddress? Choose(PoolRequest request, IPNetwork subnet)
    {
        var usable = new UsableAddresses(subnet);
        HashSet<UInt128> auxiliary = [.. request.AuxiliaryAddresses.Values.Select(AddressNumber.Of)];
        UInt128? chosen = null;
        if (request.Range is { } range)
        {
            UsableAddresses within = usable.Within(range);
            UInt128 first = UInt128.Max(within.First, AddressNumber.First(range) + 1);
            chosen = within.Count > 2 ? FirstFree(first, within.Last, auxiliary) : null;
        }

        chosen ??= FirstFree(usable.First, usable.Last, auxiliary);
        return chosen is { } number ? AddressNumber.ToAddress(number, request.IPv6) : null;
    }

    private static UInt128? FirstFree(UInt128 first, UInt128 last, HashSet<UInt128> auxiliary)
    {
        for (UInt128 at = first; at <= last; at++)
        {
            if (!auxiliary.Contains(at))
            {
                return at;
            }

            if (at == last)
            {
                break;
            }
        }

        return null;
    }
}
