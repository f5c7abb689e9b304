using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Controller.Models;

namespace Net.Controller.Rules;

/// <summary>A network of another program is changed by that program alone: it assigns the addresses, and keeps a record of its
/// own.</summary>
internal static class ForeignNetworkRule
{
    /// <summary>Refuses a subnet that another program asks for where a network of that program has it already. The other program may not
    /// know of that network: it is told nothing by a daemon that is killed before it answers. Neither can be told from here, since an idle
    /// network looks the same, and so the error says how.</summary>
    /// <param name="subnet">The subnet.</param>
    /// <param name="who">What asks for it, such as <c>network engine-0123456789ab</c>.</param>
    /// <param name="model">The networks.</param>
    /// <exception cref="CnmException">Conflict: there is such a network.</exception>
    public static void RequireFree(IPNetwork subnet, string who, ModelSnapshot model)
    {
        foreach (Network other in model.Networks.Where(network => network.Foreign is not null))
        {
            if (other.Pools.FirstOrDefault(pool => Subnets.Overlap(pool.Subnet, subnet)) is { } taken)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"{who}: subnet {subnet} overlaps {taken.Subnet} of network {other.Name}; choose another, or, if docker network ls "
                        + $"does not show {other.Id.Short}, remove it with netctl network rm -f {other.Name}");
            }
        }
    }

    /// <summary>Refuses a network of another program.</summary>
    /// <param name="network">The network.</param>
    /// <param name="remedy">What the user can do, such as <c>remove it there</c>.</param>
    /// <exception cref="CnmException">Forbidden: the network is another program's.</exception>
    public static void RequireOwn(Network network, string remedy)
    {
        if (network.Foreign is not null)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden, $"network {network.Name} is Docker Engine's, which assigns its addresses; {remedy}");
        }
    }
}
