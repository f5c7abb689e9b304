using System.Net;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Puts what is left of a store and the descriptions of running sandboxes together. The descriptions are newer, so what
/// contradicts them, such as another network of the same name, is left out.</summary>
internal sealed class LossRepair
{
    private readonly ModelEdit _edit = new(ModelSnapshot.Empty);

    private LossRepair()
    {
    }

    /// <summary>Makes the model.</summary>
    /// <param name="left">What is left of the store; empty when it was set aside.</param>
    /// <param name="descriptions">The descriptions, each of another sandbox.</param>
    public static ModelSnapshot Run(ModelSnapshot left, IReadOnlyList<SandboxDescription> descriptions)
    {
        var repair = new LossRepair();
        foreach (SandboxDescription description in descriptions)
        {
            repair.Add(description.Networks, [description.Sandbox], description.Endpoints);
        }

        HashSet<SandboxId> described = [.. descriptions.Select(description => description.Sandbox.Id)];
        repair.Add(
            left.Networks,
            left.Sandboxes.Where(sandbox => !described.Contains(sandbox.Id)),
            left.EndpointsById.Values.Where(endpoint => !described.Contains(endpoint.Sandbox)));
        repair.AddRest(left);
        return repair._edit.Now;
    }

    /// <summary>Says what a store lacks that has lost its last changes, as the end of a sentence; nothing where it has lost
    /// everything.</summary>
    /// <param name="left">What is left of the store.</param>
    /// <param name="whole">The model as it is known from elsewhere.</param>
    public static string TellMissing(ModelSnapshot left, ModelSnapshot whole)
    {
        List<string> missing =
        [
            .. whole.Sandboxes.Where(sandbox => !left.SandboxesById.ContainsKey(sandbox.Id)).Select(sandbox => $"container {sandbox.Name}"),
            .. whole.Networks.Where(network => !left.NetworksById.ContainsKey(network.Id)).Select(network => $"network {network.Name}"),
        ];
        return left.NetworksById.IsEmpty || missing.Count == 0
            ? ""
            : $"; the store lacked {string.Join(", ", missing.Take(10))}{(missing.Count > 10 ? $" and {missing.Count - 10} others" : "")}";
    }

    private void Add(IEnumerable<Network> networks, IEnumerable<Sandbox> sandboxes, IEnumerable<Endpoint> endpoints)
    {
        foreach (Network network in networks.Where(network => !_edit.Now.NetworksById.ContainsKey(network.Id)))
        {
            TryPut(() => _edit.Put(network));
        }

        foreach (Sandbox sandbox in sandboxes)
        {
            TryPut(() => _edit.Put(sandbox));
        }

        foreach (Endpoint endpoint in endpoints.Where(endpoint =>
            _edit.Now.NetworksById.ContainsKey(endpoint.Network) && _edit.Now.SandboxesById.ContainsKey(endpoint.Sandbox)))
        {
            _edit.Put(endpoint);
        }
    }

    private void AddRest(ModelSnapshot left)
    {
        foreach (Tombstone tombstone in left.Tombstones)
        {
            _edit.Put(tombstone);
        }

        foreach (ForeignPool pool in left.ForeignPools.Values)
        {
            _edit.Put(pool);
        }

        foreach ((NetworkId network, FreedAddresses freed) in left.FreedByNetwork)
        {
            foreach ((IPAddress address, long place) in freed.Places.Where(_ => _edit.Now.NetworksById.ContainsKey(network)))
            {
                _edit.PutFreed(network, address, place);
            }
        }
    }

    // A name or a host port that is in the model already is refused by the model's indexes, which then stay as they are.
    private static void TryPut(Action put)
    {
        try
        {
            put();
        }
        catch (ArgumentException)
        {
            // What contradicts is older: it was removed since.
        }
    }
}
