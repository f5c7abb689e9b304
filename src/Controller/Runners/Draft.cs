using Net.Controller.Models;
using Net.Controller.Plans;

namespace Net.Controller.Runners;

/// <summary>What an operation works on before anything is changed: the next model, the reservations made for it, and the host as it was at
/// the beginning.</summary>
internal sealed class Draft(ModelSnapshot before, Reservations reservations, HostView host, ushort portCursor, int attempt)
{
    /// <summary>The edit that builds the next model.</summary>
    public ModelEdit Edit { get; } = new(before);

    /// <summary>The subnets and addresses that are taken from IPAM and released to it.</summary>
    public Reservations Reservations { get; } = reservations;

    /// <summary>What is known of the host.</summary>
    public HostView Host { get; } = host;

    /// <summary>How often the operation was tried before, because another program had a picked host port or interface name.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>The port at which the next search for a free host port starts.</summary>
    public ushort PortCursor { get; private set; } = portCursor;

    /// <summary>Whether a host port was picked. If it turns out to be taken, the operation is tried again with another.</summary>
    public bool HasPickedPorts { get; private set; }

    /// <summary>Whether an interface name was picked that may be taken. If it is, the operation is tried again with another.</summary>
    public bool HasPickedName { get; private set; }

    /// <summary>The command lines that follow the change of the kernel when the operation is explained, such as the one that starts a
    /// sandbox's command. A run takes no notice of them.</summary>
    public List<string> FurtherCommands { get; } = [];

    /// <summary>Records that an interface name was picked in a namespace that is there already.</summary>
    public void RecordPickedName() => HasPickedName = true;

    /// <summary>Records that host ports were picked.</summary>
    /// <param name="nextCursor">The port at which the next search starts.</param>
    public void RecordPickedPorts(ushort nextCursor)
    {
        PortCursor = nextCursor;
        HasPickedPorts = true;
    }
}
