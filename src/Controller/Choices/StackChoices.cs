using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Plans;
using Net.Controller.Ports;
using Net.Controller.Runners;

namespace Net.Controller.Choices;

/// <summary>Chooses what depends on all endpoints of a sandbox: the port of its resolver and its published ports.</summary>
internal sealed class StackChoices(DriverDirectory drivers, Planner planner, (ushort First, ushort Last)? portRange)
{
    /// <summary>The first dynamic port: IANA assigns none from here on (RFC 6335 6).</summary>
    private const int FirstDynamicPort = 49152;

    /// <summary>Chooses again for a sandbox of the draft whose endpoints or port specifications have changed.</summary>
    public void Refresh(Draft draft, SandboxId id)
    {
        ModelSnapshot model = draft.Edit.Now;
        Sandbox sandbox = model[id];
        if (!sandbox.HasNetworkStack)
        {
            return;
        }

        if (sandbox.ResolverPort is null && model.EndpointsOf(id).Any(e => EndpointNames.AreServedOn(model[e.Network])))
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
        ModelSnapshot model = draft.Edit.Now;
        PortCarriers carriers = planner.PortCarriers(model, sandbox.Id);
        IReadOnlyList<PortSpec> specs = PublishedSpecs.Of(sandbox);
        if (specs.Count == 0 || carriers.Any is null)
        {
            return [];
        }

        specs = new KeptHostPorts(sandbox.Ports).Keep(specs);
        HostPortTable others = sandbox.Ports.Aggregate(model.HostPorts, (table, port) => table.Without(sandbox.Id, port));
        HostPortChoice choice = HostPortPicker.Pick(specs, others, Rules(draft, carriers), id => model[id].Name);
        if (specs.Any(spec => spec.HostPort is null || spec.LastHostPort is not null))
        {
            draft.RecordPickedPorts(choice.NextCursor);
        }

        return choice.Mappings.SequenceEqual(sandbox.Ports) ? sandbox.Ports : choice.Mappings;
    }

    private HostPortRules Rules(Draft draft, PortCarriers carriers)
    {
        HostFacts facts = draft.Host.Facts;
        IDriverNetwork? ipv4 = Open(carriers.IPv4);
        IDriverNetwork? ipv6 = Open(carriers.IPv6);
        return new HostPortRules
        {
            DefaultAddresses =
            [
                .. DefaultAddress(ipv4 ?? ipv6, AddressFamily.InterNetwork, IPAddress.Any),
                .. DefaultAddress(ipv6 ?? ipv4, AddressFamily.InterNetworkV6, IPAddress.IPv6Any),
            ],
            BroadcastAddresses = facts.BroadcastAddresses,
            IPv4 = ipv4 is not null,
            IPv6 = ipv6 is not null,
            HostIPv6 = facts.IPv6Available,
            RoutedIPv4 = ipv4?.IsRouted(ipv6: false) ?? false,
            RoutedIPv6 = ipv6?.IsRouted(ipv6: true) ?? false,
            First = portRange?.First ?? facts.FirstLocalPort,
            Last = portRange?.Last ?? facts.LastLocalPort,
            Reserved = facts.ReservedPorts,
            Cursor = draft.PortCursor,
            PassOver = draft.Attempt,
        };

        IDriverNetwork? Open(Endpoint? endpoint) => endpoint is null ? null : drivers.Open(draft.Edit.Now[endpoint.Network], facts);
    }

    /// <summary>The host binding of a network when it is of this family; the wildcard address when the network has no binding.</summary>
    private static IEnumerable<IPAddress> DefaultAddress(IDriverNetwork? network, AddressFamily family, IPAddress any) =>
        network?.HostBinding is not { } binding ? [any] : binding.AddressFamily == family ? [binding] : [];
}
