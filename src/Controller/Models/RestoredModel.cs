using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>The model that a restore gives: that of the backup, in place of what is there now.</summary>
/// <remarks>What another program looks after stays as it is: networks and endpoints of Docker Engine, of which a backup has none, and the
/// networks of plug-ins, which only these can make.</remarks>
internal sealed class RestoredModel
{
    private readonly ModelSnapshot _now;
    private readonly ModelSnapshot _backup;
    private readonly ModelEdit _edit = new(ModelSnapshot.Empty);
    private readonly List<string> _warnings = [];

    private RestoredModel(ModelSnapshot now, ModelSnapshot backup)
    {
        _now = now;
        _backup = backup;
    }

    /// <summary>The part of a model that a backup has: all but what belongs to Docker Engine, and what is being removed.</summary>
    public static ModelSnapshot BackedUp(ModelSnapshot model)
    {
        var edit = new ModelEdit(ModelSnapshot.Empty);
        foreach (Network network in model.Networks.Where(network => network.Foreign is null))
        {
            edit.Put(network);
            PutFreed(edit, model, network.Id);
        }

        foreach (Sandbox sandbox in model.Sandboxes.Where(sandbox => sandbox.StackSource != StackSource.Foreign))
        {
            edit.Put(sandbox with { EndedFor = null });
            foreach (Endpoint endpoint in model.EndpointsOf(sandbox.Id))
            {
                edit.Put(endpoint);
            }
        }

        return edit.Now;
    }

    /// <summary>The model after a restore.</summary>
    /// <param name="now">The model before it.</param>
    /// <param name="backup">The backup's.</param>
    /// <param name="warnings">Receives what of the backup cannot be made again, each a sentence.</param>
    /// <exception cref="CnmException">Conflict: a network or a port of the backup collides with what another program has.</exception>
    public static ModelSnapshot Of(ModelSnapshot now, ModelSnapshot backup, ICollection<string> warnings)
    {
        var restored = new RestoredModel(now, backup);
        restored.PutNetworks();
        restored.PutSandboxes();
        restored.PutTombstones();
        restored._warnings.ForEach(warnings.Add);
        return restored._edit.Now;
    }

    private static void PutFreed(ModelEdit edit, ModelSnapshot from, NetworkId network)
    {
        foreach ((IPAddress address, long place) in from.FreedOf(network).Places)
        {
            edit.PutFreed(network, address, place);
        }
    }

    private bool Stays(Network network) =>
        network.Foreign is not null || (network.Plugged is not null && _backup.NetworksById.ContainsKey(network.Id));

    private void PutNetworks()
    {
        foreach (Network network in _now.Networks.Where(Stays))
        {
            _edit.Put(network);
            PutFreed(_edit, _now, network.Id);
        }

        foreach (ForeignPool pool in _now.ForeignPools.Values)
        {
            _edit.Put(pool);
        }

        foreach (Network network in _backup.Networks.Where(network => !_edit.Now.NetworksById.ContainsKey(network.Id)))
        {
            if (network.Plugged is not null)
            {
                _warnings.Add(
                    $"network {network.Name} is not restored, since only its plug-in {network.Driver} can make it: create it again, and "
                        + "connect its containers to it");
                continue;
            }

            RequireFree(network);
            _edit.Put(network);
            PutFreed(_edit, _backup, network.Id);
        }
    }

    private void RequireFree(Network network)
    {
        if (_edit.Now.NetworkNames.TryGetValue(network.Name, out NetworkId named))
        {
            throw Collides($"network {network.Name}", $"a network of {OwnerOf(_edit.Now[named])} has its name now");
        }

        foreach (AddressPool pool in network.Pools)
        {
            if (_edit.Now.Networks.Where(other => Excludes(other, network))
                .FirstOrDefault(other => other.Pools.Any(own => Overlap(own, pool))) is { } other)
            {
                throw Stays(other)
                    ? Collides($"network {network.Name}", $"network {other.Name} of {OwnerOf(other)} has its subnet {pool.Subnet} now")
                    : new CnmException(
                        CnmErrorKind.InvalidParameter,
                        $"networks {network.Name} and {other.Name} of the backup both have subnet {pool.Subnet}: restore another backup");
            }

            if (_edit.Now.ForeignPools.Values.Any(own => Overlap(own.Pool, pool)))
            {
                throw Collides($"network {network.Name}", $"a network of Docker Engine has its subnet {pool.Subnet} now");
            }
        }
    }

    // A plug-in's IPAM driver knows nothing of the subnets of others: as when its network is made, only one driver's are told apart.
    private static bool Excludes(Network other, Network network) =>
        other.Plugged is not { HasIpam: true } || other.Driver == network.Driver;

    private void PutSandboxes()
    {
        // Those of Docker Engine first: what they have is not to be taken from them.
        foreach (Sandbox sandbox in _now.Sandboxes.Where(sandbox => sandbox.StackSource == StackSource.Foreign))
        {
            Put(sandbox, _now.EndpointsOf(sandbox.Id));
        }

        // Those too that ran when the backup was made, so that one that only runs now takes nothing from them; and after them those that
        // share the network stack of another one.
        foreach (Sandbox sandbox in _backup.Sandboxes.OrderBy(sandbox => sandbox.SharesStackOf is not null)
            .ThenBy(sandbox => !sandbox.HasNetworkStack))
        {
            if (sandbox.Ports.FirstOrDefault(IsTaken) is { } port)
            {
                throw Collides($"container {sandbox.Name}", $"a container of Docker Engine has its host port {port.HostPort} now");
            }

            Endpoint[] endpoints =
            [
                .. _backup.EndpointsOf(sandbox.Id).Concat(_now.EndpointsOf(sandbox.Id))
                    .DistinctBy(endpoint => endpoint.Id).Where(IsWanted).Select(Restored),
            ];
            string[] lost =
            [
                .. _backup.EndpointsOf(sandbox.Id).Where(endpoint => !IsWanted(endpoint))
                    .Select(endpoint => _backup[endpoint.Network].Name),
            ];
            Sandbox restored =
                lost.Length == 0 ? sandbox : sandbox with { RemovedNetworks = [.. (sandbox.RemovedNetworks ?? []).Union(lost)] };
            if (_now.Find(sandbox.Id) is { HasNetworkStack: true } running)
            {
                PutRunning(running, restored, endpoints);
            }
            else
            {
                Put(restored, endpoints);
            }
        }
    }

    // One that ran when the backup was made has in it what it needs to run. One that did not goes on with what it has now, as far as the
    // backup leaves it that.
    private void PutRunning(Sandbox running, Sandbox restored, Endpoint[] endpoints)
    {
        if (restored.HasNetworkStack)
        {
            Put(restored with { IsPaused = running.IsPaused }, endpoints);
            WarnOfLeftNetworks(restored, endpoints);
            return;
        }

        if (!KeepsStack(running, restored, endpoints))
        {
            _warnings.Add(
                $"container {restored.Name} is ended, since it has got other networks, addresses or ports after the backup: start it "
                    + "again");
            Put(restored, endpoints);
            return;
        }

        Put(
            restored with
            {
                State = running.State,
                Ports = running.Ports,
                ResolverPort = running.ResolverPort,
                ProcessId = running.ProcessId,
                Started = running.Started,
                IsPaused = running.IsPaused,
                StoppedByUser = running.StoppedByUser,
                IsRestarting = running.IsRestarting,
                RestartCount = running.RestartCount,
                RestartDelay = running.RestartDelay,
                StartError = running.StartError,
            },
            endpoints.Select(endpoint => _now.EndpointsById[endpoint.Id]));
        WarnOfLeftNetworks(restored, endpoints);
    }

    private void WarnOfLeftNetworks(Sandbox restored, Endpoint[] endpoints)
    {
        foreach (Endpoint left in _now.EndpointsOf(restored.Id).Where(own => endpoints.All(endpoint => endpoint.Id != own.Id)))
        {
            _warnings.Add(
                $"container {restored.Name} runs, and is taken off network {_now[left.Network].Name}, which it was not on when the backup "
                    + "was made");
        }
    }

    private bool KeepsStack(Sandbox running, Sandbox restored, Endpoint[] endpoints) =>
        restored.PortSpecs.SequenceEqual(running.PortSpecs)
        && restored.PublishAll == running.PublishAll
        && restored.ExposedPorts.SequenceEqual(running.ExposedPorts)
        && restored.SharesStackOf == running.SharesStackOf
        && (restored.SharesStackOf is not { } holder || _edit.Now.Find(holder) is { HasNetworkStack: true })
        && running.Ports.All(IsFree)
        && endpoints.All(endpoint => _now.EndpointsById.TryGetValue(endpoint.Id, out Endpoint? own) && HasItsAddresses(own));

    private bool IsFree(PortMapping port) => port.Delivery == PortDelivery.Routing
        || _edit.Now.HostPorts.Find(port.HostAddress, port.HostPort, port.Count, port.Protocol) is null;

    private bool HasItsAddresses(Endpoint own)
    {
        HashSet<IPAddress> its = [.. own.Addresses.Select(address => address.Address)];
        return !_backup.EndpointsOf(own.Network)
            .Any(other => other.Id != own.Id && other.Addresses.Any(address => its.Contains(address.Address)));
    }

    // Of a plug-in's network only those that are there now, as they are: only the plug-in can change them. Of all others those of the
    // backup.
    private bool IsWanted(Endpoint endpoint) => SourceOf(endpoint)?.EndpointsById.ContainsKey(endpoint.Id) == true;

    private Endpoint Restored(Endpoint endpoint) => SourceOf(endpoint)!.EndpointsById[endpoint.Id];

    private ModelSnapshot? SourceOf(Endpoint endpoint) =>
        !_edit.Now.NetworksById.TryGetValue(endpoint.Network, out Network? network) ? null : network.Plugged is null ? _backup : _now;

    private void Put(Sandbox sandbox, IEnumerable<Endpoint> endpoints)
    {
        _edit.Put(sandbox);
        foreach (Endpoint endpoint in endpoints)
        {
            _edit.Put(endpoint);
        }
    }

    private bool IsTaken(PortMapping port) => port.Delivery != PortDelivery.Routing
        && _edit.Now.HostPorts.Find(port.HostAddress, port.HostPort, port.Count, port.Protocol) is { } run
        && _edit.Now.Find(run.Holder) is { StackSource: StackSource.Foreign };

    // Also of a network whose subnet another one has now, which it does not keep reserved: see KeptReservations.
    private void PutTombstones()
    {
        ModelSnapshot after = _edit.Now;
        IEnumerable<Tombstone> gone =
        [
            .. _now.Tombstones,
            .. _now.EndpointsById.Values.Where(own => !after.EndpointsById.ContainsKey(own.Id))
                .Select(own => new Tombstone { Endpoint = own }),
            .. _now.SandboxesById.Values.Where(own => !after.SandboxesById.ContainsKey(own.Id))
                .Select(own => new Tombstone { Sandbox = own with { State = SandboxState.Removing } }),
            .. _now.NetworksById.Values.Where(own => !after.NetworksById.ContainsKey(own.Id))
                .Select(own => new Tombstone { Network = own }),
        ];
        HashSet<OwnerId> there =
        [
            .. after.NetworksById.Keys.Select(OwnerId.Of), .. after.SandboxesById.Keys.Select(OwnerId.Of),
            .. after.EndpointsById.Keys.Select(OwnerId.Of),
        ];
        foreach (Tombstone tombstone in gone.Where(tombstone => !there.Contains(tombstone.Owner)))
        {
            _edit.Put(tombstone);
        }
    }

    private static bool Overlap(AddressPool one, AddressPool other) => Subnets.Overlap(one.Subnet, other.Subnet);

    private static string OwnerOf(Network network) => network switch
    {
        { Foreign: not null } => "Docker Engine",
        { Plugged.HasDriver: false } => $"plug-in {network.IpamDriver}",
        _ => $"plug-in {network.Driver}",
    };

    private static CnmException Collides(string what, string why) =>
        new(CnmErrorKind.Conflict, $"{what} of the backup cannot be restored: {why}; remove that, then restore again");
}
