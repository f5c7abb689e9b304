using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Operations;

namespace Net.Controller.Plugins;

/// <summary>Has plug-ins make the endpoints of a running sandbox, and then makes of them in the kernel what is ours.</summary>
/// <remarks>The endpoint is in the store before the first question, so that a daemon that is killed meanwhile goes on where it was. The
/// operation queue is not held while a plug-in is asked.</remarks>
internal sealed class EndpointArrival(ControllerParts parts)
{
    /// <summary>Has all endpoints of a sandbox made that are not yet.</summary>
    /// <exception cref="CnmException">A plug-in refuses, answers nonsense or does not answer, or what it has made cannot be used. What was
    /// asked for is taken back by what follows when the endpoint or the sandbox's network stack is removed.</exception>
    public async Task RunAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        if (parts.Model.Current.EndpointsOf(sandbox).All(endpoint => endpoint.Plugged is null))
        {
            return;
        }

        foreach (Endpoint endpoint in parts.Model.Current.EndpointsOf(sandbox).Where(endpoint => !endpoint.IsSettled))
        {
            await RunAsync(endpoint.Id, cancellationToken);
        }

        await new WayOutNotice(parts).RunAsync(sandbox, cancellationToken);
    }

    /// <summary>Has one endpoint made, unless it is already or nobody wants it any more.</summary>
    public Task<bool> RunAsync(EndpointId id, CancellationToken cancellationToken) => parts.EndpointTurns.RunAsync(
        id,
        async () =>
        {
            ModelSnapshot model = parts.Model.Current;
            return model.EndpointsById.GetValueOrDefault(id) is { IsSettled: false } endpoint && model[endpoint.Sandbox].HasNetworkStack
                && await parts.Talks.AskAsync(
                    token => MakeAsync(endpoint, model[endpoint.Network], model[endpoint.Sandbox], token), cancellationToken);
        },
        cancellationToken);

    private async Task<bool> MakeAsync(Endpoint endpoint, Network network, Sandbox sandbox, CancellationToken cancellationToken)
    {
        if (network.Plugged is { HasIpam: true })
        {
            endpoint = await TakeAddressesAsync(endpoint, network, cancellationToken);
        }

        PluggedEndpoint plugged = endpoint.Plugged! with { IsReady = true };
        if (network.Plugged is { HasDriver: true })
        {
            INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(network.Driver, cancellationToken);
            PluginPorts ports = PluginPorts.Of(sandbox);
            Endpoint made = await plugin.CreateEndpointAsync(endpoint, ports, cancellationToken);

            // Stored before the question, so that it is told to leave whatever becomes of the endpoint and the daemon meanwhile.
            await RecordAsync(endpoint.Id, now => now with { Plugged = now.Plugged! with { WasAskedToJoin = true } });
            PluggedEndpoint joined = await plugin.JoinAsync(made, parts.Paths.NamespaceOf(sandbox).Path!, ports, cancellationToken);
            plugged = joined with
            {
                TakenIPv4 = plugged.TakenIPv4,
                TakenIPv6 = plugged.TakenIPv6,
                ChoseEthernetAddress = endpoint.MacAddress is null,
            };
            endpoint = made;
        }

        await RecordAsync(
            endpoint.Id,
            now => now with { IPv4 = endpoint.IPv4, IPv6 = endpoint.IPv6, MacAddress = endpoint.MacAddress, Plugged = plugged });
        return true;
    }

    private async Task<Endpoint> TakeAddressesAsync(Endpoint endpoint, Network network, CancellationToken cancellationToken)
    {
        IIpamPlugin ipam = await parts.IpamDrivers.FindPluginAsync(network.IpamDriver, cancellationToken);
        MacAddress? mac = endpoint.MacAddress ?? (ipam.RequiresEthernetAddress ? MacAddress.NewRandom() : null);
        foreach (bool ipv6 in (bool[])[false, true])
        {
            // One that the daemon before has been given already is not asked for again.
            bool isTaken = (ipv6 ? endpoint.Plugged!.TakenIPv6 : endpoint.Plugged!.TakenIPv4) is not null;
            if (isTaken || network.Pools.FirstOrDefault(pool => pool.IsIPv6 == ipv6) is not { } first)
            {
                continue;
            }

            InterfaceAddress? wanted = ipv6 ? endpoint.IPv6 : endpoint.IPv4;
            InterfaceAddress? former = ipv6 ? endpoint.FormerIPv6 : endpoint.FormerIPv4;
            InterfaceAddress taken = wanted is not null
                ? await ipam.RequestAddressAsync(network.PoolOf(wanted.Address) ?? first, wanted.Address, mac, cancellationToken)
                : await TakeAnyAsync(ipam, network, first, former, mac, cancellationToken);

            // Stored at once, so that it can be given back whatever happens next.
            try
            {
                endpoint = await RecordAsync(endpoint.Id, now => WithAddress(now, taken, mac));
            }
            catch (CnmException)
            {
                await RecordLateAsync(endpoint.Id, now => WithAddress(now, taken, mac));
                throw;
            }
        }

        return endpoint;
    }

    // The address that it had before, when nobody has it now.
    private static async Task<InterfaceAddress> TakeAnyAsync(
        IIpamPlugin ipam,
        Network network,
        AddressPool first,
        InterfaceAddress? former,
        MacAddress? mac,
        CancellationToken cancellationToken)
    {
        if (former is not null && network.PoolOf(former.Address) is { } pool)
        {
            try
            {
                return await ipam.RequestAddressAsync(pool, former.Address, mac, cancellationToken);
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Internal)
            {
            }
        }

        return await ipam.RequestAddressAsync(first, preferred: null, mac, cancellationToken);
    }

    private static Endpoint WithAddress(Endpoint endpoint, InterfaceAddress taken, MacAddress? mac) => taken.IsIPv6
        ? endpoint with
        {
            IPv6 = taken,
            FormerIPv6 = null,
            MacAddress = mac,
            Plugged = endpoint.Plugged! with { TakenIPv6 = taken.Address },
        }
        : endpoint with
        {
            IPv4 = taken,
            FormerIPv4 = null,
            MacAddress = mac,
            Plugged = endpoint.Plugged! with { TakenIPv4 = taken.Address },
        };

    // The endpoint has gone while the plug-in was asked. Its farewell, which waits for this one's turn to end, gives the address back.
    private async Task RecordLateAsync(EndpointId id, Func<Endpoint, Endpoint> change)
    {
        try
        {
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new RecordLateAnswer(id, change), CancellationToken.None), CancellationToken.None);
        }
        catch (CnmException error)
        {
            parts.Log.Warning(error.Message);
        }
    }

    private Task<Endpoint> RecordAsync(EndpointId id, Func<Endpoint, Endpoint> change) => parts.Queue.RunAsync(
        () => parts.Runner.RunAsync(new RecordArrival(id, change, parts.Stacks), CancellationToken.None), CancellationToken.None);
}
