using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Commands;
using Net.Shims.Logs;
using Net.Shims.Sandboxes;

namespace Net.Shims.Loops;

/// <summary>The shim's life: one thread that waits for all descriptors together, and never for one of them.</summary>
internal sealed class ShimLoop(
    SafeFileHandle listener,
    ShimSession session,
    LogWriter log,
    ChildReaper reaper,
    SandboxThread sandbox,
    IReadOnlyList<FileMount> covered,
    MessageLog messages,
    TimeProvider time)
{
    /// <summary>How often processes are killed again while some still run.</summary>
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>After this the shim ends even if a process cannot be killed: one that waits for a dead disk or server.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long clients have to take the last frames.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(5);

    /// <summary>How often the host is asked for a file of its /etc that has gone, to cover it when it comes again.</summary>
    private static readonly TimeSpan UncoveredInterval = TimeSpan.FromSeconds(1);

    private readonly PollSet _polls = new();
    private readonly List<Action<PollEvents>> _handlers = [];
    private readonly List<Client> _clients = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private DateTimeOffset? _killingSince;
    private bool _nothingLeft;
    private bool _isUncovered;

    /// <summary>Adds the connection that brought the start request.</summary>
    internal void Adopt(Client client) => _clients.Add(client);

    /// <summary>Runs until the sandbox's processes have ended and everybody has been told.</summary>
    /// <param name="mountTable">The mount table of the sandbox's thread, or null.</param>
    internal void Run(SafeFileHandle? mountTable)
    {
        while (!_nothingLeft)
        {
            Wait(Deadline(), mountTable, acceptsClients: true);
            Advance();
        }

        session.Finish(_buffer, _clients);
        SayFarewell();
    }

    private TimeSpan? Deadline() =>
        session.IsKilling ? KillInterval
        : session.KillAt is { } killAt ? (killAt - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero)
        : _isUncovered ? UncoveredInterval
        : null;

    private void Advance()
    {
        session.Tidy();
        if (_isUncovered)
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
            // Mostly there is nothing to kill, and the reaper says so at once: its news comes before the first search through /proc.
            _killingSince = time.GetUtcNow();
        }
        else if (session.IsKilling && !_nothingLeft)
        {
            ShimSession.KillAll();
            if (time.GetUtcNow() - _killingSince > KillPatience)
            {
                messages.Write("processes are left that SIGKILL does not end: they wait in the kernel; see ps -o pid,stat,wchan,args");
                _nothingLeft = true;
            }
        }
    }

    private void SayFarewell()
    {
        DateTimeOffset end = time.GetUtcNow() + FarewellPatience;
        while (true)
        {
            _clients.ForEach(client => client.TellLength(log.Length));
            RemoveClients();
            TimeSpan rest = end - time.GetUtcNow();
            if (rest <= TimeSpan.Zero || !_clients.Exists(static client => client.HasPending))
            {
                return;
            }

            Wait(rest, mountTable: null, acceptsClients: false);
        }
    }

    private void Wait(TimeSpan? timeout, SafeFileHandle? mountTable, bool acceptsClients)
    {
        _polls.Clear();
        _handlers.Clear();
        Watch(reaper.News, PollEvents.Readable, _ => TakeNews()); // first: what it says decides what the rest means
        WatchStreams();
        WatchClients(acceptsClients);
        if (mountTable is not null)
        {
            Watch(mountTable, PollEvents.Exceptional, _ => RestoreFiles());
        }

        if (acceptsClients)
        {
            Watch(listener, PollEvents.Readable, _ => Accept());
        }

        _polls.Wait(timeout);
        for (int i = 0; i < _handlers.Count; i++)
        {
            if (_polls.Ready(i) is var ready && ready != PollEvents.None)
            {
                _handlers[i](ready);
            }
        }

        _clients.ForEach(client => client.TellLength(log.Length));
        RemoveClients();
    }

    private void WatchStreams()
    {
        foreach (RunningCommand command in session.Commands)
        {
            foreach (OutputPipe output in command.Outputs.Where(static output => output.IsWanted))
            {
                Watch(output.Handle, PollEvents.Readable, _ => output.Pump(_buffer));
            }

            if (command.Input is { HasPending: true } input)
            {
                Watch(input.Handle, PollEvents.Writable, _ => input.Flush());
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
            Watch(client.Handle, events, ready => Serve(client, ready, reads));
        }
    }

    private void Watch(System.Runtime.InteropServices.SafeHandle handle, PollEvents events, Action<PollEvents> handler)
    {
        _polls.Add(handle, events);
        _handlers.Add(handler);
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
            while (!client.IsLeaving && client.TryTake(out Wire.Frame frame))
            {
                if (client.AwaitsRequest)
                {
                    client.AwaitsRequest = false;
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

    private void TakeNews()
    {
        while (reaper.TryTake(out (int ProcessId, int ExitCode) news))
        {
            if (news.ProcessId == 0)
            {
                _nothingLeft |= session.IsKilling;
            }
            else
            {
                session.NoteEnd(news.ProcessId, news.ExitCode, _buffer, _clients);
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
            _isUncovered = !sandbox.Run(() => SandboxMounts.Restore(covered));
        }
        catch (LinuxException error)
        {
            if (!_isUncovered)
            {
                messages.Write(error.Message);
            }

            _isUncovered = true;
        }
    }

    private void RemoveClients()
    {
        foreach (Client client in _clients.Where(static client => client.IsGone || (client.IsLeaving && !client.HasPending)).ToList())
        {
            // A command that was run for this client alone gets no more input. The main command keeps its own open for others.
            if (client is { Command: { ExitCode: null } command, FollowsLog: false })
            {
                command.Input?.Dispose();
            }

            client.Dispose();
            _clients.Remove(client);
        }
    }
}
