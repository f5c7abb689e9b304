using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>Turns ports as asked for into ports with everything chosen.</summary>
public static class HostPortPicker
{
    /// <summary>Chooses host addresses and host ports.</summary>
    /// <param name="specs">What was asked for. Two equal ones count once.</param>
    /// <param name="taken">What other sandboxes have published; not changed here.</param>
    /// <param name="rules">The range to pick from and the container's families.</param>
    /// <param name="nameOf">The name of a sandbox in <paramref name="taken"/>, for messages.</param>
    /// <returns>The mappings. A picked host port is the same number for every address and both families of its specification.</returns>
    /// <exception cref="CnmException">Conflict: another sandbox, or another of <paramref name="specs"/>, has the port. InvalidParameter: the
    /// container has no
    /// address of the host address's family. Unavailable: the range has no free port.</exception>
    /// <remarks>Whether another program has the port only the kernel can say. When it has, and the port was a picked one, choose again from
    /// <see cref="HostPortChoice.NextCursor"/>.</remarks>
    public static HostPortChoice Pick(IReadOnlyList<PortSpec> specs, HostPortTable taken, HostPortRules rules, Func<SandboxId, string> nameOf)
    {
        PortSpec[] distinct = [.. specs.Distinct()];
        ushort[] ports = new ushort[distinct.Length];
        var own = new HostPortTable();

        // Numbers that were asked for come first, so that no picked one takes theirs.
        for (int i = 0; i < distinct.Length; i++)
        {
            if (distinct[i].HostPort is { } port)
            {
                RequireFree(distinct[i], port, taken, own, rules, nameOf);
                ports[i] = port;
                Claim(distinct[i], port, own, rules);
            }
        }

        ushort cursor = rules.Cursor;
        for (int i = 0; i < distinct.Length; i++)
        {
            if (distinct[i].HostPort is null)
            {
                ports[i] = PickOne(distinct[i], taken, own, rules, cursor);
                cursor = ports[i] == rules.Last ? rules.First : (ushort)(ports[i] + 1);
                Claim(distinct[i], ports[i], own, rules);
            }
        }

        return new HostPortChoice([.. distinct.Zip(ports).SelectMany(chosen => Mappings(chosen.First, chosen.Second, rules))], cursor);
    }

    private static ushort PickOne(
        PortSpec spec, HostPortTable taken, HostPortTable own, HostPortRules rules, ushort cursor)
    {
        int count = rules.Last - rules.First + 1;
        int start = cursor < rules.First || cursor > rules.Last ? 0 : cursor - rules.First;
        IPAddress[] addresses = [.. Addresses(spec, rules)];
        for (int i = 0; i < count; i++)
        {
            ushort port = (ushort)(rules.First + ((start + i) % count));
            if (!rules.Reserved.Contains(port)
                && addresses.All(a => taken.HolderOf(a, port, spec.Protocol) is null && own.HolderOf(a, port, spec.Protocol) is null))
            {
                return port;
            }
        }

        throw new CnmException(
            CnmErrorKind.Unavailable,
            $"no host port is free for container port {spec.ContainerPort}/{spec.Protocol.ToWord()}: all from {rules.First} to {rules.Last} are published or reserved; "
            + "name a host port, or give the daemon a larger --port-range");
    }

    private static void RequireFree(
        PortSpec spec, ushort port, HostPortTable taken, HostPortTable own, HostPortRules rules, Func<SandboxId, string> nameOf)
    {
        foreach (IPAddress address in Addresses(spec, rules))
        {
            if (taken.HolderOf(address, port, spec.Protocol) is { } holder)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"port {port}/{spec.Protocol.ToWord()} on {Shown(address)} is already published by container \"{nameOf(holder)}\"; choose another host port");
            }

            if (own.HolderOf(address, port, spec.Protocol) is not null)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"port {port}/{spec.Protocol.ToWord()} on {Shown(address)} is asked for twice; choose another host port for one of them");
            }
        }
    }

    private static void Claim(PortSpec spec, ushort port, HostPortTable own, HostPortRules rules)
    {
        foreach (PortMapping mapping in Mappings(spec, port, rules))
        {
            // Whose it is does not matter in a table of one container's ports.
            own.Add(default, mapping);
        }
    }

    private static IEnumerable<PortMapping> Mappings(PortSpec spec, ushort port, HostPortRules rules) =>
        Addresses(spec, rules).Select(address => new PortMapping
        {
            HostAddress = address,
            HostPort = port,
            ContainerPort = spec.ContainerPort,
            Protocol = spec.Protocol,
        });

    private static IEnumerable<IPAddress> Addresses(PortSpec spec, HostPortRules rules)
    {
        if ((spec.HostAddress ?? rules.DefaultAddress) is not { } address)
        {
            return rules switch
            {
                { IPv4: true, IPv6: true } => [IPAddress.Any, IPAddress.IPv6Any],
                { IPv6: true } => [IPAddress.IPv6Any],
                _ => [IPAddress.Any],
            };
        }

        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        if (isIPv6 ? rules.IPv6 : rules.IPv4)
        {
            return [address];
        }

        (string missing, string other) = isIPv6 ? ("IPv6", "IPv4") : ("IPv4", "IPv6");
        throw new CnmException(
            CnmErrorKind.InvalidParameter,
            $"container port {spec.ContainerPort}/{spec.Protocol.ToWord()} cannot be published on {Shown(address)}: the container has no {missing} address; "
            + $"publish it on an {other} address or use a network with {missing}");
    }

    private static string Shown(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
