using Net.Controller.Models;
using Net.Controller.Plans;

namespace Net.Controller.Runners;

/// <summary>What an operation works on until it is carried out: the model to be, what was reserved for it, and the host as it was at the beginning.</summary>
internal sealed class Draft(ModelSnapshot before, Reservations reservations, HostView host, ushort portCursor, int attempt)
{
    /// <summary>The model to be.</summary>
    public ModelEdit Edit { get; } = new(before);

    /// <summary>What was taken from IPAM, and what is to be given back.</summary>
    public Reservations Reservations { get; } = reservations;

    /// <summary>The host.</summary>
    public HostView Host { get; } = host;

    /// <summary>How often the operation was tried before, because a picked host port turned out to be another program's.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>Where the next picking of a host port starts.</summary>
    public ushort PortCursor { get; private set; } = portCursor;

    /// <summary>Whether a host port was picked, so that another can be when that one turns out to be taken.</summary>
    public bool HasPickedPorts { get; private set; }

    /// <summary>Takes note that host ports were picked.</summary>
    public void RecordPickedPorts(ushort nextCursor)
    {
        PortCursor = nextCursor;
        HasPickedPorts = true;
    }
}
