using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Commands;
using Net.Shims.Logs;
using Net.Shims.Sandboxes;

namespace Net.Shims.EventLoops;

/// <summary>The shim's event loop: one thread that waits for all descriptors together and never blocks on a single one. The thread is in
/// the sandbox's namespaces, and the commands that it starts are in them too.</summary>
internal sealed class ShimEventLoop(
    SafeFileHandle listener,
    ShimSession session,
    LogWriter log,
    ChildReaper reaper,
    IReadOnlyList<FileMount> covered,
    MessageLog messages,
    TimeProvider time)
{
    /// <summary>The interval at which SIGKILL is repeated while processes still run.</summary>
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>The time after which the shim ends even if a process cannot be killed because it waits for a dead disk or server.</summary>
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The time that clients have to receive the last frames.</summary>
    private static readonly TimeSpan LastFramesTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The interval at which the shim looks for a file of the host's /etc that has gone, to cover it when it exists
    /// again.</summary>
    private static readonly TimeSpan UncoveredInterval = TimeSpan.FromSeconds(1);

    /// <summary>The time that the command waits for a reader that was announced at its start, once it has written much.</summary>
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromSeconds(10);

    private readonly PollSet _polls = new();
    private readonly List<Watched> _watched = [];
    private readonly HeapTrim _heap = new(time);
    private readonly List<Client> _clients = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private DateTimeOffset? _killingSince;
    private (long ReadUpTo, DateTimeOffset Until)? _awaitedReader;
    private bool _allEnded;
    private bool _hasUncoveredFiles;

    /// <summary>Adds the connection that carried the start request.</summary>
    internal void Adopt(Client client) => _clients.Add(client);

    /// <summary>Keeps the main command to the pace of a reader that will attach soon and has read nothing yet.</summary>
    /// <param name="start">The offset in the log at which it will begin.</param>
    internal void AwaitReader(long start) => _awaitedReader = (start, time.GetUtcNow() + ReaderTimeout);

    /// <summary>Runs until the sandbox's processes have ended and all clients have been told.</summary>
    /// <param name="mountTable">The mount table of the sandbox, which signals changes; null when the sandbox has no mounts of its
    /// own.</param>
    internal void Run(SafeFileHandle? mountTable)
    {
        while (!_allEnded)
        {
            Wait(Deadline(), mountTable, acceptsClients: true);
            Advance();
            _heap.Advance();
        }

        session.Finish(_buffer, _clients);
        SendLastFrames();
    }

    private TimeSpan? Deadline()
    {
        TimeSpan? own = OwnDeadline();
        foreach (DateTimeOffset? other in (ReadOnlySpan<DateTimeOffset?>)[_awaitedReader?.Until, log.Loss.Deadline, _heap.Deadline])
        {
            own = other is { } end && (own is null || Rest(end) < own) ? Rest(end) : own;
        }

        return own;
    }

    private TimeSpan Rest(DateTimeOffset end) => end - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    private TimeSpan? OwnDeadline() =>
        session.IsKilling || session.HasEndings ? KillInterval
        : session.KillAt is { } killAt ? Rest(killAt)
        : _hasUncoveredFiles ? UncoveredInterval
        : null;

    private void Advance()
    {
        session.RemoveEndedCommands();
        session.AdvanceEndings();
        if (_hasUncoveredFiles)
        {
            RestoreFiles();
        }

        if (!session.IsKilling && session.KillAt <= time.GetUtcNow())
        {
            session.BeginKilling();
            ShimSession.KillAll();
        }

        if (session.IsKilling && _killingSince is null)
        {
            // Mostly there is nothing to kill, and the reaper reports that at once: wait for its report before the first search through
            // /proc.
            _killingSince = time.GetUtcNow();
        }
        else if (session.IsKilling && !_allEnded)
        {
            ShimSession.KillAll();
            if (time.GetUtcNow() - _killingSince > KillTimeout)
            {
                messages.Write("processes are left that SIGKILL does not end: they wait in the kernel; see ps -o pid,stat,wchan,args");
                _allEnded = true;
            }
        }
    }

    private void SendLastFrames()
    {
        DateTimeOffset end = time.GetUtcNow() + LastFramesTimeout;
        while (true)
        {
            Inform();
            RemoveClients();
            TimeSpan rest = end - time.GetUtcNow();
            if (rest <= TimeSpan.Zero || !_clients.Exists(static client => client.HasPending))
            {
                return;
            }

            Wait(rest, mountTable: null, acceptsClients: false);
        }
    }

    // Nothing is allocated for a wait: a command that writes line by line causes one for each line.
    private void Wait(TimeSpan? timeout, SafeFileHandle? mountTable, bool acceptsClients)
    {
        _polls.Clear();
        _watched.Clear();
        // first: how the other events are handled depends on the processes that have ended
        Watch(reaper.Reports, PollEvents.Readable, new Watched(reaper));
        WatchStreams();
        WatchClients(acceptsClients);
        if (mountTable is not null)
        {
            Watch(mountTable, PollEvents.Exceptional, new Watched(mountTable));
        }

        if (acceptsClients)
        {
            Watch(listener, PollEvents.Readable, new Watched(listener));
        }

        _polls.Wait(timeout);
        for (int i = 0; i < _watched.Count; i++)
        {
            if (_polls.Ready(i) is var ready && ready != PollEvents.None)
            {
                Handle(_watched[i], ready);
            }
        }

        Inform();
        RemoveClients();
    }

    private void Handle(Watched watched, PollEvents ready)
    {
        switch (watched.Source)
        {
            case ChildReaper:
                TakeReports();
                break;
            case OutputPipe output:
                output.Pump(_buffer);
                break;
            case InputPipe input:
                input.Flush();
                break;
            case Client client:
                Serve(client, ready, watched.Reads);
                break;
            case var handle when handle == listener:
                Accept();
                break;
            default:
                RestoreFiles(); // the mount table
                break;
        }
    }

    private void Inform()
    {
        log.Loss.Review();
        foreach (Client client in _clients)
        {
            client.SendLogLength(log.Length);
            client.SendNotice(log.Loss);
        }
    }

    private void FindSlowestReader()
    {
        long slowest = long.MaxValue;
        foreach (Client client in _clients)
        {
            if (client.ReadUpTo is { } position)
            {
                slowest = Math.Min(slowest, position);
                _awaitedReader = null;
            }
        }

        _awaitedReader = _awaitedReader?.Until > time.GetUtcNow() ? _awaitedReader : null;
        log.SlowestReader = Math.Min(slowest, _awaitedReader?.ReadUpTo ?? long.MaxValue);
    }

    private void WatchStreams()
    {
        FindSlowestReader();
        for (int i = 0; i < session.Commands.Count; i++)
        {
            RunningCommand command = session.Commands[i];
            for (int k = 0; k < command.Outputs.Count; k++)
            {
                if (command.Outputs[k] is { IsWanted: true } output)
                {
                    Watch(output.Handle, PollEvents.Readable, new Watched(output));
                }
            }

            if (command.Input is { HasPending: true } input)
            {
                Watch(input.Handle, PollEvents.Writable, new Watched(input));
            }
        }
    }

    private void WatchClients(bool acceptsRequests)
    {
        foreach (Client client in _clients)
        {
            bool reads = acceptsRequests && client.Command?.Input is not { IsFull: true };
            PollEvents events =
                (reads ? PollEvents.Readable : PollEvents.None) | (client.HasPending ? PollEvents.Writable : PollEvents.None);
            Watch(client.Handle, events, new Watched(client, reads));
        }
    }

    private void Watch(SafeHandle handle, PollEvents events, Watched watched)
    {
        _polls.Add(handle, events);
        _watched.Add(watched);
    }

    private void Serve(Client client, PollEvents ready, bool reads)
    {
        if ((ready & PollEvents.Writable) != 0)
        {
            client.Flush();
        }

        if (reads && (ready & ~PollEvents.Writable) != 0)
        {
            client.Receive(_buffer);
            while (!client.IsClosing && client.TryTake(out Wire.Frame frame))
            {
                if (client.AwaitsRequest)
                {
                    client.AwaitsRequest = false;
                    session.Handle(client, frame);
                }
                else if (client.ReadUpTo is not null)
                {
                    session.Handle(client, frame);
                }
                else if (client.Command is { } command)
                {
                    ShimSession.Handle(command, frame);
                }
            }
        }
        else if (!reads && (ready & (PollEvents.Error | PollEvents.HangUp)) != 0)
        {
            client.Dispose();
        }
    }

    private void TakeReports()
    {
        while (reaper.TryTake(out (int ProcessId, int ExitCode) report))
        {
            if (report.ProcessId == 0)
            {
                _allEnded |= session.IsKilling;
            }
            else
            {
                session.HandleEnd(report.ProcessId, report.ExitCode, _buffer, _clients);
            }
        }
    }

    private void Accept()
    {
        try
        {
            if (UnixListener.Accept(listener) is { } connection)
            {
                _clients.Add(new Client(connection));
            }
        }
        catch (LinuxException error)
        {
            messages.Write(error.Message);
        }
    }

    private void RestoreFiles()
    {
        try
        {
            _hasUncoveredFiles = !SandboxMounts.Restore(covered);
        }
        catch (LinuxException error)
        {
            if (!_hasUncoveredFiles)
            {
                messages.Write(error.Message);
            }

            _hasUncoveredFiles = true;
        }
    }

    private void RemoveClients()
    {
        for (int i = _clients.Count - 1; i >= 0; i--)
        {
            Client client = _clients[i];
            if (!client.IsDisconnected && (!client.IsClosing || client.HasPending))
            {
                continue;
            }

            // A command that was run for this client alone gets no more input. The main command's input stays open for other clients.
            if (client is { Command: { ExitCode: null } command, FollowsLog: false })
            {
                command.Input?.Dispose();
                if (client.EndsCommand)
                {
                    session.End(command);
                }
            }

            client.Dispose();
            _clients.RemoveAt(i);
        }
    }

    /// <summary>What a descriptor that is waited for belongs to.</summary>
    /// <param name="Source">The reaper, a stream, a client, or for others the descriptor itself.</param>
    /// <param name="Reads">Of a client: whether its frames are taken now.</param>
    private readonly record struct Watched(object Source, bool Reads = false);
}
