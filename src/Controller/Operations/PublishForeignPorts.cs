using System.Net;
using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Foreign;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Publishes just these ports of an endpoint of another program. The result is the sandbox that stands for the endpoint.</summary>
/// <remarks>The other program's container may have one endpoint as its way out for IPv4 and another one for IPv6. Both are told all ports,
/// and the first alone that it is the way out for IPv4 only: the second then publishes on IPv6 addresses of the host.</remarks>
/// <param name="id">The endpoint.</param>
/// <param name="ports">All ports; empty for none.</param>
/// <param name="isIPv4Only">Whether another endpoint is the container's way out for IPv6.</param>
/// <param name="drivers">The network drivers.</param>
/// <param name="stacks">Chooses host ports.</param>
internal sealed class PublishForeignPorts(
    EndpointId id, IReadOnlyList<PortSpec> ports, bool isIPv4Only, DriverDirectory drivers, StackChoices stacks) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, _) = ForeignNames.Require(draft.Edit.Now, id);
        bool ipv4Only = isIPv4Only && ports.Count > 0;
        Sandbox[] siblings =
        [
            .. draft.Edit.Now.SandboxesById.Values.Where(other => other.Id != sandbox.Id && sandbox.ForeignKey is { Length: > 0 } key
                && other.ForeignKey == key && other.PortSpecs.Count > 0),
        ];
        if (ipv4Only)
        {
            foreach (Sandbox sibling in siblings)
            {
                Publish(draft, sibling, OfFamily(draft, sibling, sibling.PortSpecs, ipv6: true));
            }

            Publish(draft, sandbox with { PublishesIPv4Only = true }, OfFamily(draft, sandbox, ports, ipv6: false));
        }
        else
        {
            Publish(
                draft,
                sandbox with { PublishesIPv4Only = false },
                siblings.Any(sibling => sibling.PublishesIPv4Only) ? OfFamily(draft, sandbox, ports, ipv6: true) : ports);
        }

        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }

    private void Publish(Draft draft, Sandbox sandbox, IReadOnlyList<PortSpec> specs)
    {
        if (!draft.Edit.Now[sandbox.Id].PortSpecs.SequenceEqual(specs))
        {
            draft.Edit.Put(sandbox with { PortSpecs = specs });
            stacks.Refresh(draft, sandbox.Id);
        }
    }

    // Ports that name no host address are published on that of the network's options, or else on all of the family.
    private IReadOnlyList<PortSpec> OfFamily(Draft draft, Sandbox sandbox, IReadOnlyList<PortSpec> specs, bool ipv6)
    {
        Endpoint endpoint = draft.Edit.Now.EndpointsOf(sandbox.Id)[0];
        IPAddress usual = drivers.Open(draft.Edit.Now[endpoint.Network], draft.Host.Facts).HostBinding
            ?? (ipv6 ? IPAddress.IPv6Any : IPAddress.Any);
        AddressFamily family = ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        return
        [
            .. specs.Select(spec => spec with { HostAddress = spec.HostAddress ?? usual })
                .Where(spec => spec.HostAddress!.AddressFamily == family),
        ];
    }
}
