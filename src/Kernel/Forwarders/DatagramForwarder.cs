using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>Forwards datagrams that arrive at held UDP sockets, and the container's answers, which leave from the address that the client
/// spoke to.</summary>
/// <remarks>Everything runs in the loop's thread, with one buffer.</remarks>
internal sealed class DatagramForwarder(ReadinessLoop loop, Func<IPAddress, bool> admits, ForwarderLimits limits, TimeProvider time)
    : IDisposable
{
    private const int AtATime = 64; // datagrams read from one socket before other sockets have their turn
    private const int LongestDatagram = 65536;

    private readonly Dictionary<(IArrivals, DatagramPath), DatagramSession> _sessions = [];
    private readonly byte[] _buffer = new byte[LongestDatagram];

    /// <summary>Reads the datagrams that have arrived at a held socket.</summary>
    /// <returns>Always true: a datagram for which there is no descriptor is dropped, as UDP allows.</returns>
    public bool Read(IArrivals arrivals)
    {
        for (int i = 0; i < AtATime; i++)
        {
            Errno errno = arrivals.Socket.Receive(_buffer, out int length, out DatagramPath? path);
            if (errno != Errno.None)
            {
                break;
            }

            if (path is { } from
                && arrivals.Target is { } target
                && target.Takes(from.Peer, from.Local)
                && SessionOf(arrivals, from, target) is { } session)
            {
                session.LastUse = time.GetTimestamp();
                _ = session.Container.Send(_buffer.AsSpan(0, length));
            }
        }

        return true;
    }

    /// <summary>Ends the sessions of clients that have been silent for long.</summary>
    public void Sweep()
    {
        foreach (DatagramSession session in _sessions.Values.Where(session => time.GetElapsedTime(session.LastUse) > limits.Idle).ToArray())
        {
            End(session);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DatagramSession session in _sessions.Values)
        {
            session.Container.Dispose();
        }
    }

    private DatagramSession? SessionOf(IArrivals arrivals, DatagramPath path, ForwardTarget target)
    {
        if (_sessions.TryGetValue((arrivals, path), out DatagramSession? known))
        {
            if (known.Target == target)
            {
                return known;
            }

            End(known); // the port has been given to another container
        }

        bool isAdmitted = _sessions.Count < limits.Sessions && (ForwardTarget.IsHost(path.Peer, path.Local) || admits(path.Peer));
        return isAdmitted ? Begin(arrivals, path, target) : null;
    }

    private DatagramSession? Begin(IArrivals arrivals, DatagramPath path, ForwardTarget target)
    {
        DatagramClient? container = null;
        try
        {
            container = DatagramClient.Open(new IPEndPoint(target.Address, target.Port));
            if (DescriptorReserve.Has(container.Handle))
            {
                container.Dispose();
                return null;
            }

            var session = new DatagramSession(arrivals, path, target, container) { LastUse = time.GetTimestamp() };
            session.Watch = loop.Add(container.Handle, () => Answer(session));
            _sessions[(arrivals, path)] = session;
            return session;
        }
        catch (LinuxException)
        {
            container?.Dispose();
            return null;
        }
    }

    private bool Answer(DatagramSession session)
    {
        try
        {
            for (int i = 0; i < AtATime; i++)
            {
                Errno errno = session.Container.Receive(_buffer, out int length);
                if (errno == Errno.TryAgain)
                {
                    break;
                }

                if (errno == Errno.None)
                {
                    session.LastUse = time.GetTimestamp();
                    _ = session.Arrivals.Socket.Send(_buffer.AsSpan(0, length), session.Path);
                }
            }
        }
        catch (ObjectDisposedException)
        {
            End(session); // the port was released
        }

        return true;
    }

    private void End(DatagramSession session)
    {
        _sessions.Remove((session.Arrivals, session.Path));
        loop.Remove(session.Watch, session.Container.Handle);
        session.Container.Dispose();
    }
}
