using System.Net.Sockets;
using Net.Api.Daemons;
using Net.Cnm.DesiredState;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Linux;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>What differs between what should be and what is, in words, with the names of those whom it concerns.</summary>
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
        .. difference.Missing.Select(o => Entry("missing", o.Owner.Tag, o.Key + Holder(o))),
        .. difference.Different.Select(d => Entry("different", d.Wanted.Owner.Tag, $"{d.Wanted.Key}: {d.Actual}")),
        .. difference.Leftover.Select(l => Entry("leftover", l.Tag, $"{l.Kind} {l.Name}")),
        .. difference.Conflicts.Select(c => Entry("conflict", "", c)),
    ];

    private DiffEntry Entry(string kind, string owner, string description) =>
        new() { Kind = kind, Owner = owner, OwnerName = _names.GetValueOrDefault(owner), Description = description };

    /// <summary>Who keeps us from a port that we should hold. Only single ones: the search reads the table of all sockets.</summary>
    private static string Holder(DesiredObject missing)
    {
        if (missing is not HeldPort { Count: 1, Protocol: PortProtocol.Tcp or PortProtocol.Udp } port)
        {
            return "";
        }

        ProtocolType protocol = port.Protocol == PortProtocol.Tcp ? ProtocolType.Tcp : ProtocolType.Udp;
        return PortHolder.Find(protocol, port.Port, port.Address) switch
        {
            { ProcessId: { } id, ProcessName: { } name } when id != Environment.ProcessId => $": taken by {name} (pid {id})",
            { ProcessId: null } => ": taken by another program",
            _ => "",
        };
    }
}
