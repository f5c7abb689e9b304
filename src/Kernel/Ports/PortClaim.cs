using Net.Cnm.DesiredState;

namespace Net.Kernel.Ports;

/// <summary>One object's taking of ports: what it opened and whose it took, so that all of it can be taken back.</summary>
internal sealed class PortClaim(HeldPortTable table, string key, Holding? before)
{
    private readonly List<HeldSocket> _opened = [];
    private readonly List<(HeldSocket Socket, PortSlot Slot, Holding? Owner)> _taken = [];
    private readonly HeldPort? _portBefore = before?.Port;
    private readonly Holding _holding = before ?? new Holding(null!);

    /// <summary>Notes a socket that was opened for it.</summary>
    public void Opened(HeldSocket socket) => _opened.Add(socket);

    /// <summary>Makes a slot its own.</summary>
    public void Take(HeldSocket socket, PortSlot slot) => Change(socket, slot, _holding);

    /// <summary>Makes the object what it is to be, and gives up what it no longer wants.</summary>
    public void Settle(HeldPort port)
    {
        if (_portBefore is not null)
        {
            var wanted = Holding.SlotsOf(port).ToHashSet();
            foreach (PortSlot slot in Holding.SlotsOf(_portBefore).Where(slot => !wanted.Contains(slot)))
            {
                if (table.TryFind(slot, out HeldSocket? socket) && socket.Owner(slot) == _holding)
                {
                    Change(socket, slot, null);
                }
            }
        }

        _holding.Port = port;
        table.Note(key, _holding);
    }

    /// <summary>Gives everything back to those who had it before.</summary>
    public void Undo()
    {
        for (int i = _taken.Count - 1; i >= 0; i--)
        {
            (HeldSocket socket, PortSlot slot, Holding? owner) = _taken[i];
            table.Give(socket, slot, owner);
        }

        _opened.ForEach(table.CloseIfFree);
        if (_portBefore is not null)
        {
            _holding.Port = _portBefore;
        }

        table.Note(key, before);
    }

    private void Change(HeldSocket socket, PortSlot slot, Holding? owner)
    {
        if (socket.Owner(slot) != owner)
        {
            _taken.Add((socket, slot, socket.Owner(slot)));
            table.Give(socket, slot, owner);
        }
    }
}
