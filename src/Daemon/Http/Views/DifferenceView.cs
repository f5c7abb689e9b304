using Net.Api.Daemons;
using Net.Cnm.DesiredState;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Turns differences between desired state and the kernel into documents that name the network or container concerned.</summary>
internal sealed class DifferenceView
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public DifferenceView(ModelSnapshot snapshot)
    {
        foreach (Network network in snapshot.Networks)
        {
            _names[network.Id.Value] = $"network {network.Name}";
        }

        foreach (Sandbox sandbox in snapshot.Sandboxes)
        {
            _names[sandbox.Id.Value] = $"container {sandbox.Name}";
            foreach (Endpoint endpoint in snapshot.EndpointsOf(sandbox.Id))
            {
                _names[endpoint.Id.Value] = $"container {sandbox.Name}";
            }
        }
    }

    public IReadOnlyList<DiffEntry> Of(StateDifference difference) =>
    [
        .. difference.Missing.Select(o => Entry("missing", o.Owner.Tag, o.Label)),
        .. difference.Different.Select(d => Entry("different", d.Wanted.Owner.Tag, $"{d.Wanted.Label}: {d.Actual}")),
        .. difference.Leftover.Select(l => Entry("leftover", l.Tag, $"{l.Kind} {l.Name}")),
        .. difference.Conflicts.Select(c => Entry("conflict", "", c)),
    ];

    private DiffEntry Entry(string kind, string owner, string description) =>
        new() { Kind = kind, Owner = owner, OwnerName = _names.GetValueOrDefault(owner), Description = description };
}
