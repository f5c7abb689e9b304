using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>Turns ports as asked for into ports with everything chosen.</summary>
public static class HostPortPicker
{
    /// <summary>Chooses host addresses and host ports.</summary>
    /// <param name="specs">What was asked for. Two equal ones count once.</param>
    /// <param name="taken">What other sandboxes have published.</param>
    /// <param name="rules">The range to pick from and the container's families.</param>
    /// <param name="nameOf">The name of a sandbox in <paramref name="taken"/>, for messages.</param>
    /// <returns>The mappings. A picked host port is the same number for every address and both families of its specification. A run is
    /// picked as consecutive ports, and one by one, each a mapping of its own, when no such run is free.</returns>
    /// <exception cref="CnmException">Conflict: another sandbox, or another of <paramref name="specs"/>, has the port. InvalidParameter:
    /// the container or the host has no address of the host address's family, or more ports are asked for than there are. Unavailable: the
    /// range has no free port.</exception>
    /// <remarks>Whether another program has the port only the kernel can say. When it has, and the port was a picked one, choose again from
    /// <see cref="HostPortChoice.NextCursor"/> and with <see cref="HostPortRules.PassOver"/> one more.</remarks>
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

        // Numbers that were asked for come first, so that no picked one takes theirs, and the narrow ranges before the wide one.
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
