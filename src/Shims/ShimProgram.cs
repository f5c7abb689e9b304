using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Linux.Descriptors;
using Net.Linux.Processes;
using Net.Shims.EventLoops;
using Net.Shims.Logs;
using Net.Shims.Sandboxes;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims;

/// <summary>The shim's program, <c>netctl-shim</c>: a small process that holds one sandbox's commands and its network namespace, so that
/// they outlive the daemon and a new daemon finds them.</summary>
/// <remarks>The main thread enters the sandbox's namespaces and stays there, so <c>/proc/PID/ns/net</c> of the shim is the sandbox's
/// network namespace. What a daemon binds to a file or unbinds does not change that.</remarks>
public static class ShimProgram
{
    /// <summary>Holds a sandbox until its command has ended. Started by <see cref="ShimProcesses"/> only, which hands over a listening
    /// socket as descriptor 3.</summary>
    /// <param name="args">The arguments: the shim's directory, and the hard limit of open files that its commands get.</param>
    /// <returns>0; or 125 when the shim failed, with the reason on standard error.</returns>
    public static int Run(string[] args)
    {
        TimeProvider time = TimeProvider.System;
        using var standardError = new SafeFileHandle(2, ownsHandle: false);
        var messages = new MessageLog(standardError, time);
        if (args is not [{ Length: > 0 } directory, { } files]
            || !ulong.TryParse(files, NumberStyles.None, CultureInfo.InvariantCulture, out ulong openFiles))
        {
            messages.Write("netctl-shim is started by netctl daemon, with a directory and a socket; to run a command, use netctl run");
            return 125;
        }

        try
        {
            Hold(directory, openFiles, messages, time);
            return 0;
        }
        catch (Exception error)
        {
            messages.Write($"the shim of {directory} has failed: {error}");
            return 125;
        }
    }

    private static void Hold(string directory, ulong openFiles, MessageLog messages, TimeProvider time)
    {
        Prepare(openFiles);
        using var listener = new SafeFileHandle(3, ownsHandle: true);
        using Client starter = WaitForStarter(listener);
        if (ReadRequest(starter) is not { } request)
        {
            messages.Write("the daemon went away before it said what to start");
            return;
        }

        LogRequest output = request.Log;
        using var log = new LogWriter(
            output.Directory,
            output.MaximumSize,
            output.MaximumFiles,
            time,
            new LogLoss(output.Directory, messages, time),
            new DiskReserve(DiskSpace.Of));
        var reaper = new ChildReaper();
        var session = new ShimSession(directory, log, reaper, messages, time);
        bool ownMounts = request.NamespacePath is not null || request.Files.Count > 0;
        ShimRecord record;
        SafeFileHandle? mountTable;
        IReadOnlyList<FileMount> covered;
        try
        {
            covered = SandboxMounts.Enter(request.Sandbox, request.NamespacePath, request.HostName, request.Files, messages);
            mountTable = ownMounts ? File.OpenHandle("/proc/thread-self/mountinfo") : null;
            record = session.Start(request, ownMounts ? SandboxMounts.Mark(request.Sandbox) : null);
        }
        catch (Exception error) when (error is CnmException or IOException)
        {
            starter.Send(ControlKind.Failed, JsonSerializer.SerializeToUtf8Bytes(Failure.Of(error), WireJson.Default.Failure));
            ShimSession.KillAll(); // the command may run though its record could not be written
            return;
        }

        starter.Send(ControlKind.Accepted, JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.ShimRecord));
        var loop = new ShimEventLoop(listener, session, log, reaper, covered, messages, time);
        loop.Adopt(starter);
        if (output.AwaitsReader)
        {
            loop.AwaitReader(record.LogStart);
        }

        loop.Run(mountTable);
        mountTable?.Dispose();
    }

    private static void Prepare(ulong openFiles)
    {
        // The soft limit that a login or a service starts with. The runtime has raised it, and programs that use select(2), or close all
        // descriptors one by one, would suffer from inheriting that. They may raise it again.
        const ulong usualOpenFiles = 1024;
        Signals.IgnoreBrokenPipe();
        ThisProcess.SetFileMask(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        ulong hard = Math.Min(openFiles, OpenFileLimit.Read().Hard);
        new OpenFileLimit(Math.Min(usualOpenFiles, hard), hard).Set();
        ThisProcess.BecomeSubreaper();
    }

    private static Client WaitForStarter(SafeFileHandle listener)
    {
        var polls = new PollSet();
        while (true)
        {
            polls.Clear();
            polls.Add(listener, PollEvents.Readable);
            polls.Wait(timeout: null);
            if (UnixListener.Accept(listener) is { } connection)
            {
                return new Client(connection) { AwaitsRequest = false };
            }
        }
    }

    private static StartRequest? ReadRequest(Client starter)
    {
        var polls = new PollSet();
        byte[] buffer = new byte[64 * 1024];
        while (!starter.IsDisconnected)
        {
            if (starter.TryTake(out Frame frame))
            {
                return frame.Control == ControlKind.Start
                    ? JsonSerializer.Deserialize(frame.Bytes.Span, WireJson.Default.StartRequest)
                    : null;
            }

            polls.Clear();
            polls.Add(starter.Handle, PollEvents.Readable);
            polls.Wait(timeout: null);
            starter.Receive(buffer);
        }

        return null;
    }
}
