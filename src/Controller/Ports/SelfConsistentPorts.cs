using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Ports;

/// <summary>Finds host ports that a sandbox cannot publish whatever else runs, before it is started.</summary>
internal static class SelfConsistentPorts
{
    /// <summary>Refuses two specifications for the same host port, and one for an address that is not the host's own, now instead of at
    /// the next start.</summary>
    /// <exception cref="CnmException">Conflict: two of the sandbox's specifications want the same host port. InvalidParameter: a port
    /// cannot be published on a multicast, broadcast or link-local address.</exception>
    public static void Require(Sandbox sandbox, HostFacts facts)
    {
        var rules = new HostPortRules { IPv6 = true, HostIPv6 = true, BroadcastAddresses = facts.BroadcastAddresses };
        foreach (PortSpec spec in sandbox.PortSpecs)
        {
            HostPortPicker.RequireUsable(spec, rules);
        }

        HostPortPicker.Pick([.. sandbox.PortSpecs.Where(s => s.HostPort is not null)], HostPortTable.Empty, rules, _ => sandbox.Name);
    }
}
