using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Kernel.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Linux;

namespace Net.Kernel.Ports;

/// <summary>Host ports held by sockets of the daemon's. Nothing accepts on them: destination NAT takes packets before they arrive.</summary>
internal sealed class HeldPortKind(HeldPortTable table) : ObjectKind<HeldPort>
{
    private const string Leftover = "held-port";
    private const int Backlog = 1;

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(HeldPort thing) =>
    [
        new ActionStep(ApplyPhase.HeldPorts, thing, () => $"# the daemon holds {ObjectWords.Of(thing)} by a socket")
        {
            Do = _ =>
            {
                if (table.Holds(thing))
                {
                    return null;
                }

                table.Add(thing, Open(thing));
                return () => table.Release(thing);
            },
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(HeldPort thing, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.HeldPorts, thing, () => $"# the daemon lets {ObjectWords.Of(thing)} go")
        {
            Do = _ =>
            {
                table.Release(thing);
                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<HeldPort> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (HeldPort port in desired.Where(port => !table.Holds(port)))
        {
            difference.Missing(port);
        }

        HashSet<string> wanted = [.. desired.Select(port => port.Key)];
        foreach (HeldPort port in table.Ports.Where(port => !wanted.Contains(port.Key)))
        {
            difference.Leftover(new KernelLeftover(Leftover, port.Key, port.Owner.Tag));
        }
    }

    /// <inheritdoc/>
    public override DesiredObject? FromLeftover(KernelLeftover leftover) =>
        leftover.Kind == Leftover ? table.Ports.FirstOrDefault(port => port.Key == leftover.Name) : null;

    private static Socket Open(HeldPort port)
    {
        var address = new IPEndPoint(port.Address, port.Port);
        try
        {
            return port.Protocol == PortProtocol.Tcp ? NamespaceSockets.ListenTcp(address, Backlog) : NamespaceSockets.BindUdp(address);
        }
        catch (LinuxException error) when (error.Errno == Errno.AddressInUse)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"{ObjectWords.Of(port)} is already in use{By(port)}; choose another host port or stop it", error);
        }
        catch (LinuxException error) when (error.Errno == Errno.AddressNotAvailable)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"{ObjectWords.Of(port)}: the host has no such address; publish on one that it has", error);
        }
    }

    private static string By(HeldPort port)
    {
        ProtocolType protocol = port.Protocol == PortProtocol.Tcp ? ProtocolType.Tcp : ProtocolType.Udp;
        return PortHolder.Find(protocol, port.Port, port.Address) is { ProcessName: { } name, ProcessId: { } id }
            ? string.Create(CultureInfo.InvariantCulture, $" by {name} (pid {id})")
            : " by another program";
    }
}
