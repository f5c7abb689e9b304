using System.Diagnostics.CodeAnalysis;
using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Forwarders;
using Net.Linux;

namespace Net.Kernel.Ports;

/// <summary>The sockets that hold host ports, and the desired object that each is held for.</summary>
/// <remarks>
/// Kept by single port, so that a run can be cut, grown or handed to other objects while its sockets stay open. A port that a replacement
/// leaves over stays held until <see cref="ReleaseUnwanted"/>: the change may yet be undone, and another program must not have the port
/// then.
/// </remarks>
internal sealed class HeldPortTable(Forwarder forwarder) : IDisposable
{
    private readonly Dictionary<string, Holding> _holdings = new(StringComparer.Ordinal);
    private readonly Dictionary<PortSlot, HeldSocket> _sockets = [];
    private readonly HashSet<HeldSocket> _unwanted = [];
    private readonly HashSet<IPAddress> _addresses = []; // all addresses that ports were ever held on: no more than the host has

    /// <summary>All objects that hold ports.</summary>
    public IEnumerable<HeldPort> Ports => _holdings.Values.Select(holding => holding.Port);

    /// <summary>The object with this key as its ports are held now; null when none are.</summary>
    public HeldPort? Find(string key) => _holdings.GetValueOrDefault(key)?.Port;

    /// <summary>The ports of an object that are not held for it.</summary>
    public IEnumerable<PortSlot> Gaps(HeldPort port)
    {
        Holding? holding = _holdings.GetValueOrDefault(port.Key);
        return Holding.SlotsOf(port)
            .Where(slot => holding is null || !_sockets.TryGetValue(slot, out HeldSocket? socket) || socket.Owner(slot) != holding);
    }

    /// <summary>Holds exactly the ports of an object for it. Ports that are held for another object are taken over.</summary>
    /// <param name="port">The object; it replaces one with the same key.</param>
    /// <param name="problems">Receives the reasons why single ports cannot be held, which are left out then; null to hold all or
    /// none.</param>
    /// <returns>Undoes it; null when nothing had to be done.</returns>
    /// <exception cref="CnmException">A port cannot be held, and <paramref name="problems"/> is null; everything is as it was.</exception>
    public Action? Hold(HeldPort port, ICollection<string>? problems = null)
    {
        string key = port.Key;
        if (Find(key) == port && !Gaps(port).Any())
        {
            return null;
        }

        var claim = new PortClaim(this, key, _holdings.GetValueOrDefault(key));
        try
        {
            foreach (PortSlot slot in Holding.SlotsOf(port))
            {
                Take(slot, port.DualStack && slot.IsIPv6, claim, problems);
            }
        }
        catch (CnmException)
        {
            claim.Undo();
            throw;
        }

        claim.Settle(port);
        return claim.Undo;
    }

    /// <summary>Releases an object's ports, except those that another object has taken over; nothing happens when it holds none.</summary>
    public void Release(string key)
    {
        if (_holdings.Remove(key, out Holding? holding))
        {
            foreach (PortSlot slot in Holding.SlotsOf(holding.Port))
            {
                if (_sockets.TryGetValue(slot, out HeldSocket? socket) && socket.Owner(slot) == holding)
                {
                    Give(socket, slot, null);
                    CloseIfFree(socket);
                }
            }
        }
    }

    /// <summary>Releases the ports that replacements have left over and no object has taken since.</summary>
    public void ReleaseUnwanted()
    {
        foreach (HeldSocket socket in _unwanted)
        {
            CloseIfFree(socket);
        }

        _unwanted.Clear();
    }

    /// <summary>Releases all ports.</summary>
    public void Dispose()
    {
        foreach (HeldSocket socket in _sockets.Values)
        {
            socket.Socket.Dispose();
        }

        _sockets.Clear();
        _holdings.Clear();
    }

    internal void Note(string key, Holding? holding)
    {
        if (holding is null)
        {
            _holdings.Remove(key);
        }
        else
        {
            _holdings[key] = holding;
        }
    }

    internal bool TryFind(PortSlot slot, [NotNullWhen(true)] out HeldSocket? socket) => _sockets.TryGetValue(slot, out socket);

    internal void Give(HeldSocket socket, PortSlot slot, Holding? owner)
    {
        socket.SetOwner(slot, owner);
        if (owner is null)
        {
            _unwanted.Add(socket);
        }
    }

    internal void CloseIfFree(HeldSocket socket)
    {
        if (!socket.IsFree || _sockets.GetValueOrDefault(socket.Slots[0]) != socket)
        {
            return;
        }

        _unwanted.Remove(socket);
        Close(socket);
    }

    /// <summary>Opens a socket and has the forwarder serve it.</summary>
    internal void Open(HeldSocket socket)
    {
        socket.Open();
        try
        {
            socket.Watch = forwarder.Watch(socket);
        }
        catch (LinuxException error)
        {
            socket.Socket.Dispose();
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"{socket.Slots[0]}: {error.Message}; publish fewer ports, or raise fs.epoll.max_user_watches and the limit of open files",
                error);
        }

        foreach (PortSlot held in socket.Slots)
        {
            _sockets.Add(held, socket);
            _addresses.Add(held.Address);
        }
    }

    /// <summary>Closes a socket, whichever object it is held for.</summary>
    internal void Close(HeldSocket socket)
    {
        forwarder.Forget(socket.Watch, socket);
        socket.Socket.Dispose();
        foreach (PortSlot slot in socket.Slots)
        {
            _sockets.Remove(slot);
        }
    }

    private void Take(PortSlot slot, bool dualStack, PortClaim claim, ICollection<string>? problems)
    {
        try
        {
            if (!_sockets.TryGetValue(slot, out HeldSocket? socket))
            {
                // An IPv4 socket of ours on the same port would conflict with a dual-stack one.
                PortSlot other = slot with { Address = IPAddress.Any };
                socket = new HeldSocket(dualStack && !_sockets.ContainsKey(other) ? [slot, other] : [slot]);
                claim.Open(socket, [.. socket.Slots.SelectMany(InTheWay).Distinct()]);
            }

            claim.Take(socket, slot);
        }
        catch (CnmException error) when (problems is not null)
        {
            problems.Add(error.Message);
        }
    }

    // Two slots that conflict cannot both be wanted: one belongs to an object that the same change removes.
    private IEnumerable<HeldSocket> InTheWay(PortSlot slot) => _addresses
        .Select(address => slot with { Address = address })
        .Where(slot.Overlaps)
        .Select(_sockets.GetValueOrDefault)
        .OfType<HeldSocket>();
}
