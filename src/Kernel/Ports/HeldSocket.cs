using Net.Kernel.Forwarders;
using Net.Linux.Sockets;

namespace Net.Kernel.Ports;

/// <summary>A socket that holds one port, of one family or of both, and for whom it does.</summary>
/// <remarks>It has no socket before <see cref="Open"/>, and may be closed and opened again.</remarks>
internal sealed class HeldSocket(IReadOnlyList<PortSlot> slots) : IArrivals
{
    private volatile PortSocket? _socket;
    private volatile Holding? _ownerIPv4;
    private volatile Holding? _ownerIPv6;

    /// <inheritdoc/>
    public PortSocket Socket => _socket ?? throw new InvalidOperationException($"{slots[0]} has never been opened");

    /// <inheritdoc/>
    public Transport Transport => (Transport)slots[0].Protocol;

    /// <summary>What it holds: one slot a family.</summary>
    public IReadOnlyList<PortSlot> Slots => slots;

    /// <summary>What the forwarder calls it.</summary>
    public long Watch { get; set; }

    /// <summary>Whether nothing wants it any more.</summary>
    public bool IsFree => _ownerIPv4 is null && _ownerIPv6 is null;

    /// <inheritdoc/>
    public ForwardTarget? Target => _ownerIPv6?.Port is { ForwardAddress: { } address } owner
        ? new ForwardTarget(address, (ushort)(owner.ForwardPort + slots[0].Port - owner.Port), owner.ForwardAllIPv6)
        : null;

    /// <summary>Takes its ports from other programs, in the namespace of the calling thread.</summary>
    /// <exception cref="Net.Cnm.Errors.CnmException">As for <see cref="PortOpener.Open"/>.</exception>
    public void Open() => _socket = PortOpener.Open(slots[0], dualStack: slots.Count > 1);

    /// <summary>Who has one of its slots.</summary>
    public Holding? Owner(PortSlot slot) => slot.IsIPv6 ? _ownerIPv6 : _ownerIPv4;

    /// <summary>Gives a slot to somebody, or to nobody.</summary>
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
