using Net.Cnm.DesiredState;
using Net.Cnm.Errors;

namespace Net.Kernel.Ports;

/// <summary>Records which sockets were opened, and which slots were taken over, to hold one object's ports, so that all can be
/// undone.</summary>
internal sealed class PortClaim(HeldPortTable table, string key, Holding? before)
{
    private readonly List<HeldSocket> _opened = [];
    private readonly List<HeldSocket> _closed = [];
    private readonly List<(HeldSocket Socket, PortSlot Slot, Holding? Owner)> _taken = [];
    private readonly HeldPort? _portBefore = before?.Port;
    private readonly Holding _holding = before ?? new Holding(null!);

    /// <summary>Opens a socket for it.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="inTheWay">Sockets of ours that the kernel does not allow beside it; they are closed first.</param>
    /// <exception cref="CnmException">It cannot be opened.</exception>
    public void Open(HeldSocket socket, IReadOnlyList<HeldSocket> inTheWay)
    {
        foreach (HeldSocket other in inTheWay)
        {
            table.Close(other);
            _closed.Add(other);
        }

        table.Open(socket);
        _opened.Add(socket);
    }

    /// <summary>Takes over a slot of a socket that is open already.</summary>
    public void Take(HeldSocket socket, PortSlot slot) => Change(socket, slot, _holding);

    /// <summary>Records the object as held, and gives up the slots that it no longer wants.</summary>
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

    /// <summary>Undoes the claim: slots go back to the holdings that had them, opened sockets are closed.</summary>
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
        _closed.ForEach(Reopen);
    }

    private void Reopen(HeldSocket socket)
    {
        try
        {
            table.Open(socket);
        }
        catch (CnmException)
        {
            // Another program has taken the port meanwhile: the holding stays, and doctor names that program.
        }
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
