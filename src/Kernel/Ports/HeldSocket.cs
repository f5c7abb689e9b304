using Net.Kernel.Forwarders;
using Net.Linux.Sockets;

namespace Net.Kernel.Ports;

/// <summary>A socket that holds one port, of one family or of both, and the objects that it is held for.</summary>
/// <remarks>Not open before <see cref="Open"/>; may be closed and opened again.</remarks>
internal sealed class HeldSocket(IReadOnlyList<PortSlot> slots) : IArrivals
{
    private volatile PortSocket? _socket;
    private volatile Holding? _ownerIPv4;
    private volatile Holding? _ownerIPv6;

    /// <inheritdoc/>
    public PortSocket Socket => _socket ?? throw new InvalidOperationException($"{slots[0]} has never been opened");

    /// <inheritdoc/>
    public Transport Transport => (Transport)slots[0].Protocol;

    /// <summary>The slots that it holds, one for each family.</summary>
    public IReadOnlyList<PortSlot> Slots => slots;

    /// <summary>The registration of the socket with the forwarder.</summary>
    public long Watch { get; set; }

    /// <summary>Whether nothing wants it any more.</summary>
    public bool IsFree => _ownerIPv4 is null && _ownerIPv6 is null;

    /// <inheritdoc/>
    public ForwardTarget? Target => _ownerIPv6?.Port is { ForwardAddress: { } address } owner
        ? new ForwardTarget(address, (ushort)(owner.ForwardPort + slots[0].Port - owner.Port), owner.ForwardAllIPv6)
        : null;

    /// <summary>Binds the port in the namespace of the calling thread, so that no other program can.</summary>
    /// <exception cref="Net.Cnm.Errors.CnmException">As for <see cref="PortOpener.Open"/>.</exception>
    public void Open() => _socket = PortOpener.Open(slots[0], dualStack: slots.Count > 1);

    /// <summary>The holding that has one of its slots; null when none has.</summary>
    public Holding? Owner(PortSlot slot) => slot.IsIPv6 ? _ownerIPv6 : _ownerIPv4;

    /// <summary>Assigns a slot to a holding, or to none.</summary>
    public void SetOwner(PortSlot slot, Holding? owner)
    {
        if (slot.IsIPv6)
        {
            _ownerIPv6 = owner;
        }
        else
        {
            _ownerIPv4 = owner;
        }
    }
}
