using System.Security.Cryptography;
using Net.Cnm.Drivers;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Plans;

namespace Net.Controller.Operations;

/// <summary>Makes the choices for a sandbox that depend on all its endpoints: the resolver's port, and the published ports.</summary>
internal sealed class StackChoices(DriverTable drivers, Planner planner, (ushort First, ushort Last)? portRange)
{
    /// <summary>First of the ports that IANA gives to nobody (RFC 6335 6).</summary>
    private const int FirstDynamicPort = 49152;

    /// <summary>Brings a sandbox of the draft in line with its endpoints, which have changed.</summary>
    public void Refresh(Draft draft, SandboxId id)
    {
        ModelSnapshot model = draft.Edit.Now;
        Sandbox sandbox = model[id];
        if (!sandbox.HasNetworkStack)
        {
            return;
        }

        if (sandbox.ResolverPort is null && model.EndpointsOf(id).Any(e => NameIndex.HasNames(model[e.Network])))
        {
            sandbox = sandbox with { ResolverPort = (ushort)RandomNumberGenerator.GetInt32(FirstDynamicPort, ushort.MaxValue + 1) };
        }

        sandbox = sandbox with { Ports = Publish(draft, sandbox) };
        if (sandbox != model[id])
        {
            draft.Edit.Put(sandbox);
        }
    }

    private IReadOnlyList<PortMapping> Publish(Draft draft, Sandbox sandbox)
    {
        if (sandbox.PortSpecs.Count == 0 || planner.PortCarrier(draft.Edit.Now, sandbox.Id) is not { } carrier)
        {
            return [];
        }

        IDriverNetwork network = drivers.Open(draft.Edit.Now[carrier.Network], draft.Host.Facts);
        var rules = new HostPortRules
        {
            DefaultAddress = network.HostBinding,
            IPv4 = carrier.IPv4 is not null,
            IPv6 = carrier.IPv6 is not null,
            First = portRange?.First ?? draft.Host.Facts.FirstLocalPort,
            Last = portRange?.Last ?? draft.Host.Facts.LastLocalPort,
            Reserved = draft.Host.Facts.ReservedPorts,
            Cursor = draft.PortCursor,
        };
        IReadOnlyList<PortSpec> specs = [.. sandbox.PortSpecs.Select(spec => Settled(spec, sandbox.Ports))];
        HostPortChoice choice = HostPortPicker.Pick(specs, Taken(draft.Edit.Now, sandbox.Id), rules, id => draft.Edit.Now[id].Name);
        if (specs.Any(spec => spec.HostPort is null))
        {
            draft.NotePicked(choice.NextCursor);
        }

        return choice.Mappings.SequenceEqual(sandbox.Ports) ? sandbox.Ports : choice.Mappings;
    }

    /// <summary>A port that was picked before keeps its number when another endpoint comes to carry it.</summary>
    private static PortSpec Settled(PortSpec spec, IReadOnlyList<PortMapping> before) =>
        spec.HostPort is null
        && before.FirstOrDefault(p => p.ContainerPort == spec.ContainerPort && p.Protocol == spec.Protocol
            && (spec.HostAddress is null || spec.HostAddress.Equals(p.HostAddress))) is { } earlier
            ? spec with { HostPort = earlier.HostPort }
            : spec;

    private static HostPortTable Taken(ModelSnapshot model, SandboxId except)
    {
        var taken = new HostPortTable();
        foreach (Sandbox other in model.SandboxesById.Values)
        {
            if (other.Id != except)
            {
                foreach (PortMapping port in other.Ports)
                {
                    taken.Add(other.Id, port);
                }
            }
        }

        return taken;
    }
}
