using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;

namespace Net.Drivers.Ipam.Default;

/// <summary>Checks whether a requested pool is valid by itself, whatever else is reserved.</summary>
internal static class PoolRequestChecks
{
    /// <summary>The blocks of "this network", loopback and multicast, which no interface may use: RFC 6890, RFC 4291.</summary>
    private static readonly IPNetwork[] NotForHosts =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("::/127"),
        IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("fe80::/10");

    /// <summary>Checks that a request without a subnet has nothing that depends on one.</summary>
    public static void RequireNothingOfSubnet(PoolRequest request)
    {
        if (request.Range is { } range)
        {
            throw IpamErrors.NeedsSubnet(request, "range", range);
        }

        if (request.Gateway is { } gateway)
        {
            throw IpamErrors.NeedsSubnet(request, "gateway", gateway);
        }

        foreach ((string name, IPAddress address) in request.AuxiliaryAddresses)
        {
            throw IpamErrors.NeedsSubnet(request, $"auxiliary address \"{name}\"", address);
        }
    }

    /// <summary>Checks a request against its subnet.</summary>
    /// <exception cref="CnmException">InvalidParameter.</exception>
    public static void RequireConsistent(PoolRequest request, IPNetwork subnet)
    {
        if (subnet.BaseAddress.AddressFamily != (request.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork))
        {
            throw IpamErrors.WrongFamily(request);
        }

        foreach (IPNetwork kept in NotForHosts)
        {
            if (Subnets.Overlap(kept, subnet))
            {
                throw IpamErrors.NotForHosts(request, kept);
            }
        }

        if (Subnets.Overlap(LinkLocal, subnet))
        {
            throw IpamErrors.IsLinkLocal(request);
        }

        if (request.Range is { } range && !Subnets.Covers(subnet, range))
        {
            throw IpamErrors.OutsideSubnet(request, "range", range);
        }

        if (request.Gateway is { } gateway)
        {
            RequireUsable(request, subnet, "gateway", gateway);
        }

        foreach ((string name, IPAddress address) in request.AuxiliaryAddresses)
        {
            RequireUsable(request, subnet, $"auxiliary address \"{name}\"", address);
            if (address.Equals(request.Gateway))
            {
                throw IpamErrors.GatewayIsAuxiliary(request, name);
            }
        }
    }

    private static void RequireUsable(PoolRequest request, IPNetwork subnet, string what, IPAddress address)
    {
        if (!subnet.Contains(address))
        {
            throw IpamErrors.OutsideSubnet(request, what, address);
        }

        if (!new UsableAddresses(subnet).Contains(address))
        {
            throw IpamErrors.NotForInterfaces(request, what, address);
        }
    }
}
