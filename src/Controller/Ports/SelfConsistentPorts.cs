using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Ports;

/// <summary>Finds host ports that a sandbox would publish twice, before it is started.</summary>
internal static class SelfConsistentPorts
{
    /// <summary>Refuses two specifications for the same host port now instead of at the next start.</summary>
    /// <exception cref="CnmException">Conflict: two of the sandbox's specifications want the same host port.</exception>
    public static void Require(Sandbox sandbox) =>
        HostPortPicker.Pick(
            [.. sandbox.PortSpecs.Where(s => s.HostPort is not null)],
            HostPortTable.Empty,
            new HostPortRules { IPv6 = true, HostIPv6 = true },
            _ => sandbox.Name);
}
