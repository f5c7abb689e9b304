using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>Turns port specifications of a user into mappings with host addresses and host ports.</summary>
public static class HostPortPicker
{
    /// <summary>Rejects a specification whose host address is not one of this host alone: a multicast, broadcast or IPv6 link-local
    /// one.</summary>
    /// <exception cref="CnmException">InvalidParameter: the message names the address, the reason and a remedy.</exception>
    public static void RequireUsable(PortSpec spec, HostPortRules rules) => HostAddressChoice.RequireUsable(spec, rules);

    /// <summary>Chooses the host addresses and host ports of a container.</summary>
    /// <param name="specs">The port specifications. Equal ones count once.</param>
    /// <param name="taken">The ports that other sandboxes have published.</param>
    /// <param name="rules">The range of host ports to choose from, and the address families of the container.</param>
    /// <param name="nameOf">Returns the name of a sandbox in <paramref name="taken"/>, for messages.</param>
    /// <returns>The mappings. An automatically chosen host port is the same for all addresses and both families of a specification. A run
    /// gets consecutive host ports; when no such run is free, each port is chosen separately and gets a mapping of its own.</returns>
    /// <exception cref="CnmException">Conflict: another sandbox, or another one of <paramref name="specs"/>, has the port.
    /// InvalidParameter: the container or the host has no address of the family of the host address, or more ports are asked for than
    /// exist. Unavailable: the range has no free port.</exception>
    /// <remarks>Only the kernel knows whether another program uses a port. If so, and if the port was chosen automatically, choose again
    /// from <see cref="HostPortChoice.NextCursor"/> with <see cref="HostPortRules.PassOver"/> increased by one.</remarks>
    public static HostPortChoice Pick(
        IReadOnlyList<PortSpec> specs, HostPortTable taken, HostPortRules rules, Func<SandboxId, string> nameOf)
    {
        PortSpec[] distinct = [.. specs.Distinct()];
        if (distinct.Sum(spec => spec.Count) > ushort.MaxValue)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"a container cannot publish {distinct.Sum(spec => spec.Count)} ports: {ushort.MaxValue} are the most; publish fewer");
        }

        var draft = new HostPortDraft(taken, rules, nameOf);
        var mappings = new IReadOnlyList<PortMapping>[distinct.Length];

        // Specifications with a host port come first, so that no automatic choice takes it. Those with a range of host ports come second.
        foreach (int i in Enumerable.Range(0, distinct.Length).OrderBy(i => Freedom(distinct[i])))
        {
            mappings[i] = draft.Place(distinct[i]);
        }

        return new HostPortChoice([.. mappings.SelectMany(m => m)], draft.Cursor);
    }

    private static int Freedom(PortSpec spec) => spec switch
    {
        { HostPort: null } => 2,
        { LastHostPort: not null } => 1,
        _ => 0,
    };
}
