using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>The predefined networks, which always exist: bridge (unless the daemon is to have no default network), host and
/// none.</summary>
internal static class PredefinedNetworks
{
    private const string DefaultName = "bridge";

    /// <summary>The requests that create them.</summary>
    public static IReadOnlyList<NetworkCreateRequest> Requests(ControllerOptions options) =>
    [
        .. options.HasDefaultBridge ? (NetworkCreateRequest[])[DefaultBridge(options)] : [],
        new() { Name = "host", Driver = "host" },
        new() { Name = "none", Driver = "null" },
    ];

    /// <summary>Creates those that are missing, in the model and the store only. Runs inside the operation queue.</summary>
    /// <returns>What could not be stored, each a sentence: <see cref="MakeMissingAsync"/> makes it later.</returns>
    public static async Task<List<string>> StoreMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        var unsaved = new List<string>();
        foreach (CreateNetwork operation in await MissingAsync(parts, cancellationToken))
        {
            Draft draft = parts.Runner.NewDraft();
            try
            {
                NetworkCreated created = await operation.ResolveAsync(draft, cancellationToken);
                parts.Runner.StoreOnly(draft);
                foreach (string warning in created.Warnings)
                {
                    parts.Log.Warning(warning);
                }
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Unavailable)
            {
                await draft.Reservations.UndoAsync();
                unsaved.Add(error.Message);
            }
            catch
            {
                await draft.Reservations.UndoAsync();
                throw;
            }
        }

        return unsaved;
    }

    /// <summary>Creates those that could not be stored before, in the kernel too. Runs inside the operation queue.</summary>
    public static async Task MakeMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        foreach (CreateNetwork operation in await MissingAsync(parts, cancellationToken))
        {
            await parts.Runner.RunAsync(operation, cancellationToken);
        }
    }

    /// <summary>Refuses to begin when the default network is to stand on a bridge of another program that is not there, or that does not
    /// say which subnet is on it. One that stands on it already waits for it like any network.</summary>
    /// <exception cref="CnmException">NotFound, InvalidParameter: so it is.</exception>
    public static void RequireBridge(ControllerParts parts)
    {
        if (parts.Options.DefaultBridgeLink is null || IsAsWanted(parts, Present(parts.Model.Current)))
        {
            return;
        }

        RequireBridgeLink(parts, parts.Options.DefaultBridgeLink);
    }

    /// <summary>Refuses a model in the place of the present one into which the default network of this daemon does not fit.</summary>
    /// <exception cref="CnmException">Conflict: the subnet that the daemon's flags give it is that of another network. NotFound,
    /// InvalidParameter: as <see cref="RequireBridge"/>.</exception>
    public static void RequireRoom(ControllerParts parts, ModelSnapshot after)
    {
        if (!parts.Options.HasDefaultBridge || Present(after) is not null)
        {
            return;
        }

        foreach (IPNetwork subnet in parts.Options.DefaultBridgeSubnets.Select(subnet => subnet.Subnet).OfType<IPNetwork>())
        {
            if (after.Networks.Where(network => network.Plugged is not { HasIpam: true })
                .FirstOrDefault(network => network.Pools.Any(pool => Subnets.Overlap(pool.Subnet, subnet))) is { } other)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"network {other.Name} of the backup has a subnet that overlaps {subnet}, which this daemon is to give its default "
                        + $"network {DefaultName}, and the backup has no such network: start the daemon with another --bip, or restore "
                        + "another backup");
            }
        }

        if (parts.Options.DefaultBridgeLink is { } link)
        {
            RequireBridgeLink(parts, link);
        }
    }

    private static void RequireBridgeLink(ControllerParts parts, string link)
    {

        HostFacts facts = parts.Runner.ReadHost().Facts;
        if (!facts.ForeignBridges.Any(bridge => bridge.Name == link))
        {
            throw new CnmException(
                CnmErrorKind.NotFound,
                $"--bridge {link}: this host has no bridge {link} of another program; make it first (ip link add {link} type bridge), "
                    + "or leave the flag out");
        }

        foreach (bool ipv6 in parts.Options.DefaultBridgeIPv6 ? (bool[])[false, true] : [false])
        {
            if (!facts.ForeignAddresses.Any(own => own.Link == link && own.Address.IsIPv6 == ipv6)
                && !parts.Options.DefaultBridgeSubnets.Any(subnet => subnet.IsIPv6 == ipv6 && subnet.Range is not null))
            {
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"--bridge {link}: the bridge has no {(ipv6 ? "IPv6" : "IPv4")} address that says which subnet is on it; give it one, "
                        + $"or choose the subnet with --fixed-cidr{(ipv6 ? "-v6" : "")}");
            }
        }
    }

    /// <summary>Removes the default network where the daemon is to have none and an earlier one had it, and makes it anew where it is to
    /// stand on another bridge. Runs inside the operation queue.</summary>
    /// <returns>Why it stays as it was, a sentence; null when it is as it is to be.</returns>
    public static async Task<string?> ReplaceUnwantedAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        if (Present(parts.Model.Current) is not { } present || IsAsWanted(parts, present))
        {
            return null;
        }

        IReadOnlyList<Endpoint> endpoints = parts.Model.Current.EndpointsOf(present.Id);
        if (parts.Options.HasDefaultBridge && endpoints.Count > 0)
        {
            string names = string.Join(", ", endpoints.Select(endpoint => parts.Model.Current[endpoint.Sandbox].Name));
            return $"network {DefaultName} stays on the bridge that it has, because there are containers on it ({names}); remove or "
                + "disconnect them and start the daemon again for another bridge";
        }

        try
        {
            await parts.Runner.RunAsync(new RemoveNetwork(DefaultName) { EvenPredefined = true }, cancellationToken);
            await MakeMissingAsync(parts, cancellationToken);
            return null;
        }
        catch (CnmException error)
        {
            return $"--bridge {parts.Options.DefaultBridgeLink ?? "none"}: {error.Message}";
        }
    }

    private static Network? Present(ModelSnapshot model) =>
        model.NetworkNames.TryGetValue(DefaultName, out NetworkId id) ? model[id] : null;

    private static bool IsAsWanted(ControllerParts parts, Network? network) =>
        network is null ? !parts.Options.HasDefaultBridge
        : parts.Options.HasDefaultBridge && (network.AdoptsLink
            ? parts.Drivers.Open(network, parts.Runner.ReadHost().Facts).LinkName == parts.Options.DefaultBridgeLink
            : parts.Options.DefaultBridgeLink is null);

    private static NetworkCreateRequest DefaultBridge(ControllerOptions options) => new()
    {
        Name = DefaultName,
        Driver = "bridge",
        EnableIPv6 = options.DefaultBridgeIPv6,
        Options = options.DefaultBridgeOptions,
        Subnets = options.DefaultBridgeSubnets,
    };

    private static async Task<IReadOnlyList<CreateNetwork>> MissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        bool unknownRun = (await new ShimRecovery(parts).FindUnknownAsync(cancellationToken)).Count > 0;
        IEnumerable<NetworkCreateRequest> missing =
            Requests(parts.Options).Where(request => !parts.Model.Current.NetworkNames.ContainsKey(request.Name));
        return
        [
            .. missing.Select(request => new CreateNetwork(request, parts.Drivers, parts.Time)
            {
                IsPredefined = true,
                AvoidsPresentSubnet = unknownRun,
            }),
        ];
    }
}
