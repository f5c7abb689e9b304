using System.Net;
using Net.Cnm.DesiredState;

namespace Net.Kernel.Ports;

/// <summary>The ports that one desired object holds. The sockets refer to it, so that the object can be replaced without touching
/// them.</summary>
internal sealed class Holding(HeldPort port)
{
    private volatile HeldPort _port = port;

    /// <summary>The object as it is now. Read by the forwarder's thread too.</summary>
    public HeldPort Port
    {
        get => _port;
        set => _port = value;
    }

    /// <summary>The slots of all ports of an object; for a dual-stack object also those of all IPv4 addresses.</summary>
    public static IEnumerable<PortSlot> SlotsOf(HeldPort port)
    {
        for (int i = 0; i < port.Count; i++)
        {
            ushort number = (ushort)(port.Port + i);
            yield return new PortSlot(port.Address, number, port.Protocol);
            if (port.DualStack)
            {
                yield return new PortSlot(IPAddress.Any, number, port.Protocol);
            }
        }
    }
}
