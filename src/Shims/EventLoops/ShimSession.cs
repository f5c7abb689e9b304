using System.Buffers.Binary;
using System.Text.Json;

using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Processes;
using Net.Shims.Commands;
using Net.Shims.Logs;
using Net.Shims.Sandboxes;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims.EventLoops;

/// <summary>The state of a shim: the main command, the commands run beside it, and the requests of clients. Used by the event loop's thread
/// only.</summary>
/// <remarks>Phases: running; stopping, in the grace time that ends at <see cref="KillAt"/>; killing (<see cref="IsKilling"/>), after the
/// main command has ended or the grace time is over, until no process is left; finished (<see cref="Finish"/>). A phase never goes back to
/// an earlier one.</remarks>
internal sealed class ShimSession(
    string directory, LogWriter log, ChildReaper reaper, MessageLog messages, TimeProvider time)
{
    private readonly List<RunningCommand> _commands = [];
    private readonly List<CommandEnding> _endings = [];
    private ShimRecord? _record;
    private RunningCommand? _main;
    private bool _isAskedToStop;

    /// <summary>The main command and those run beside it, including those that have ended but whose output is still open.</summary>
    internal IReadOnlyList<RunningCommand> Commands => _commands;

    /// <summary>The end of a stop's grace time; null when no stop was requested, or one without a limit.</summary>
    internal DateTimeOffset? KillAt { get; private set; }

    /// <summary>Whether all processes are being killed.</summary>
    internal bool IsKilling { get; private set; }

    /// <summary>Whether commands are being killed that have lost the connection that they end with.</summary>
    internal bool HasEndings => _endings.Count > 0;

    /// <summary>Starts the main command, if there is one, and writes the state file.</summary>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable, Internal: nothing runs.</exception>
    internal ShimRecord Start(StartRequest request, string? mountMark)
    {
        StateFile.Reserve(directory);
        if (request.NamespacePath is not null)
        {
            NamespaceLink.Make(directory);
        }

        long logStart = log.Length;
        if (request.Process is { } config)
        {
            _main = Run(config, log);
        }

        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not mounted");
        ulong? network = request.NamespacePath is null ? null : ProcessNamespace.Read(self.Id, ProcessNamespace.Network);
        string? holder = Path.GetFileName(request.NamespacePath);
        _record = new ShimRecord(
            Net.Linux.BootId.Current, self, mountMark, logStart, _main?.Process, time.GetUtcNow(), null, null, network,
            ProcessNamespace.Read(self.Id, ProcessNamespace.Uts), holder == request.Sandbox ? null : holder);
        StateFile.Write(directory, _record);
        return _record;
    }

    /// <summary>Executes a client's request and answers it.</summary>
    internal void Handle(Client client, Frame request)
    {
        try
        {
            switch (request.Control)
            {
                case ControlKind.Attach:
                    client.FollowsLog = true;
                    client.Command = _main;
                    break;
                case ControlKind.Exec or ControlKind.ExecAs:
                    Execute(client, JsonSerializer.Deserialize(request.Bytes.Span, WireJson.Default.ProcessConfig)!);
                    break;
                case ControlKind.Probe:
                    client.EndsCommand = true;
                    Execute(client, JsonSerializer.Deserialize(request.Bytes.Span, WireJson.Default.ProcessConfig)!);
                    break;
                case ControlKind.Signal:
                    SignalMain(request.Bytes.Span[0]);
                    client.Send(ControlKind.Accepted, []);
                    client.IsClosing = true;
                    break;
                case ControlKind.Stop:
                    Stop(JsonSerializer.Deserialize(request.Bytes.Span, WireJson.Default.StopRequest)!);
                    break;
                case ControlKind.Wait:
                    client.HearsNotices = true;
                    break;
                case ControlKind.ReadUpTo when request.Bytes.Length == sizeof(long):
                    client.ReadUpTo = BinaryPrimitives.ReadInt64BigEndian(request.Bytes.Span);
                    break;
                default:
                    throw new CnmException(
                        CnmErrorKind.InvalidParameter,
                        $"a shim does not know request {request.Kind}; restart the container to get a newer shim");
            }
        }
        catch (CnmException error)
        {
            client.Send(
                ControlKind.Failed, JsonSerializer.SerializeToUtf8Bytes(new Failure(error.Kind, error.Message), WireJson.Default.Failure));
            client.IsClosing = true;
        }
    }

    /// <summary>Handles a frame after the request: input, a terminal size or a signal for the client's command.</summary>
    internal static void Handle(RunningCommand command, Frame frame)
    {
        switch (frame.Stream)
        {
            case StreamKind.StandardInput:
                command.Input?.Add(frame.Bytes.Span);
                break;
            case StreamKind.Resize:
                command.Resize(frame.Bytes.Span);
                break;
            case StreamKind.Signal when frame.Bytes.Length == 1:
                TrySignal(command, frame.Bytes.Span[0]);
                break;
        }
    }

    /// <summary>Handles the end of a child process.</summary>
    internal void HandleEnd(int processId, int exitCode, Span<byte> buffer, IReadOnlyList<Client> clients)
    {
        RunningCommand? command = _commands.Find(command => command.ExitCode is null && command.Process.Id == processId);
        if (command is null)
        {
            return; // an adopted orphan, not a command
        }

        command.ExitCode = exitCode;
        if (command == _main)
        {
            BeginKilling();
            return;
        }

        // Everything that the command wrote is in the pipes by now. Processes that it left running keep the pipes open; what they write
        // later goes to nobody.
        foreach (OutputPipe output in command.Outputs)
        {
            output.Drain(buffer);
        }

        command.Input?.Dispose();
        foreach (Client client in clients.Where(client => client.Command == command))
        {
            // A probe that is killed with the sandbox has found nothing out.
            if (!IsKilling || !client.EndsCommand)
            {
                client.Send(StreamKind.Exit, [(byte)exitCode]);
            }

            client.IsClosing = true;
        }
    }

    /// <summary>Removes commands that have ended and whose output is closed.</summary>
    internal void RemoveEndedCommands()
    {
        for (int i = _commands.Count - 1; i >= 0; i--)
        {
            RunningCommand command = _commands[i];
            if (command != _main && command.ExitCode is not null && !command.HasOpenOutput)
            {
                command.Dispose();
                _commands.RemoveAt(i);
            }
        }
    }

    /// <summary>Ends a command, and what it has started, by SIGKILL.</summary>
    internal void End(RunningCommand command) => _endings.Add(new CommandEnding(command.Process.Id, time));

    /// <summary>Kills what has come to be of the commands that are being ended.</summary>
    internal void AdvanceEndings() => _endings.RemoveAll(static ending => ending.IsDone());

    /// <summary>Begins the killing phase. The reaper is woken, since there may be no process left.</summary>
    internal void BeginKilling()
    {
        if (!IsKilling)
        {
            IsKilling = true;
            reaper.Wake();
        }
    }

    /// <summary>Sends SIGKILL to every process that descends from this one.</summary>
    internal static void KillAll()
    {
        foreach (ProcessStatus process in ProcessTree.Descendants(ProcessStatus.ReadAll(), Environment.ProcessId))
        {
            Signals.Send(process.Id, Signals.Kill);
        }
    }

    /// <summary>Takes the last output and publishes the end: in the state file, durably, and to the clients that follow the
    /// output.</summary>
    /// <remarks>A slow reader may read the end after the directory has been removed: the exit code waits for it in the
    /// connection.</remarks>
    internal void Finish(Span<byte> buffer, IReadOnlyList<Client> clients)
    {
        foreach (OutputPipe output in _commands.SelectMany(static command => command.Outputs))
        {
            output.Drain(buffer);
        }

        log.Loss.Close();
        _record = _record! with { ExitCode = _main?.ExitCode, Finished = time.GetUtcNow() };
        StateFile.WriteLast(directory, _record);
        if (_record.ExitCode is { } code)
        {
            foreach (Client client in clients.Where(client => client.FollowsLog))
            {
                client.Send(StreamKind.Exit, [(byte)code]);
            }
        }
    }

    private static void TrySignal(RunningCommand command, int signal)
    {
        try
        {
            command.Signal(signal);
        }
        catch (LinuxException)
        {
            // There is no such signal; a frame gets no answer that could say so.
        }
    }

    private RunningCommand Run(ProcessConfig config, IOutputSink sink)
    {
        RunningCommand command = CommandStarter.Start(config, sink);
        _commands.Add(command);
        reaper.Wake();
        return command;
    }

    private void Execute(Client client, ProcessConfig config)
    {
        if (IsKilling)
        {
            throw new CnmException(CnmErrorKind.Conflict, "the container is ending; start it again first");
        }

        client.Command = Run(config, client);
        Span<byte> processId = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(processId, client.Command.Process.Id);
        client.Send(ControlKind.Accepted, processId);
    }

    private void SignalMain(int signal)
    {
        if (_main is null)
        {
            throw new CnmException(CnmErrorKind.Conflict, "the container has no command of its own to get a signal; stop it instead");
        }

        try
        {
            if (!_main.Signal(signal))
            {
                throw new CnmException(CnmErrorKind.Conflict, "the container's command has ended");
            }
        }
        catch (LinuxException error)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, $"{error.Message}; take a number from 1 to 64", error);
        }
    }

    private void Stop(StopRequest request)
    {
        messages.Write($"asked to stop: signal {request.Signal}, "
            + (request.GraceMilliseconds is { } limit ? $"then SIGKILL after {limit} ms" : "however long that takes")
            + (request.UnlessAsked ? ", unless asked before" : ""));
        if (IsKilling || (request.UnlessAsked && _isAskedToStop))
        {
            return;
        }

        _isAskedToStop = true;

        List<RunningCommand> targets = _main is not null ? [_main] : _commands.FindAll(static command => command.ExitCode is null);
        targets.ForEach(target => TrySignal(target, request.Signal));
        if (request.GraceMilliseconds is { } grace)
        {
            DateTimeOffset killAt = time.GetUtcNow().AddMilliseconds(Math.Max(0, grace));
            KillAt = KillAt is { } earlier && earlier < killAt ? earlier : killAt;
        }

        if (targets.Count == 0)
        {
            BeginKilling();
        }
    }
}
