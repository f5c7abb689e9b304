using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Plans;

namespace Net.Controller.Rules;

/// <summary>A link of the host can carry the containers of several networks, unless one of these needs it for itself (macvlan in mode
/// passthru). The messages are Docker's.</summary>
internal static class SharedParentRule
{
    /// <summary>Compares a new network with those that exist.</summary>
    /// <exception cref="CnmException">Forbidden: its parent is another network's, and one of both needs it for itself.</exception>
    public static void Require(Network network, SharedParent? parent, ModelSnapshot model, DriverDirectory drivers, HostFacts facts)
    {
        if (parent is null)
        {
            return;
        }

        foreach (Network other in model.Networks)
        {
            if (ParentOf(other, drivers, facts) is not { } present || present.Link != parent.Link)
            {
                continue;
            }

            string inUse = $"{other.Driver} network {other.Name} is already using parent interface {parent.Link}";
            if (parent.ExclusiveMode is { } mode)
            {
                throw Taken($"network {network.Name}: cannot use mode {mode}, {inUse}; choose another parent, or another mode");
            }

            if (present.ExclusiveMode is { } exclusive)
            {
                throw Taken($"network {network.Name}: {inUse} in mode {exclusive}; choose another parent");
            }
        }
    }

    // A network that its driver cannot open now keeps nobody from creating others.
    private static SharedParent? ParentOf(Network network, DriverDirectory drivers, HostFacts facts)
    {
        try
        {
            return drivers.Open(network, facts).SharedParent;
        }
        catch (CnmException)
        {
            return null;
        }
    }

    private static CnmException Taken(string message) => new(CnmErrorKind.Forbidden, message);
}
