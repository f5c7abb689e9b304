using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>Starts and reaps child processes without <c>System.Diagnostics.Process</c>.</summary>
public static class ChildProcess
{
    // Source descriptors are duplicated to numbers above those that the child gets (0 to 3), so that no dup2 step overwrites the source of
    // a later one.
    private const int FirstSourceDescriptor = 10;
    private const int NoHang = 1; // WNOHANG, include/uapi/linux/wait.h

    /// <summary>Starts a process in a new session and in the namespaces of the calling thread, with all signals at their default action and
    /// no descriptors but those of <paramref name="request"/>.</summary>
    /// <returns>The process ID of the child. The caller reaps the child with <see cref="TryReap"/> or <see cref="WaitAny"/>.</returns>
    /// <exception cref="LinuxException">The error of execve(2), chdir(2) or clone(2): NoEntry, AccessDenied, ExecFormat and others. No
    /// process remains then.</exception>
    /// <remarks>Uses posix_spawn(3) of glibc 2.34 or later: the child shares this process's memory until execve(2), so that no page tables
    /// are copied and the error of a failed execve is returned.</remarks>
    public static unsafe int Spawn(SpawnRequest request)
    {
        byte* actions = stackalloc byte[Glibc.SpawnFileActionsSize];
        byte* attributes = stackalloc byte[Glibc.SpawnAttributesSize];
        Check(Glibc.posix_spawn_file_actions_init(actions), "prepare a process");
        Check(Glibc.posix_spawnattr_init(attributes), "prepare a process");
        var sources = new List<SafeFileHandle>();
        try
        {
            AddStreams(actions, request, sources);
            Check(Glibc.posix_spawn_file_actions_addclosefrom_np(actions, request.Inherited is null ? 3 : 4), "prepare a process");
            using var directory = new NativeText(request.WorkingDirectory);
            Check(Glibc.posix_spawn_file_actions_addchdir_np(actions, directory), "prepare a process");
            SetAttributes(attributes);

            using var arguments = new StringVector(request.Arguments);
            using var environment = new StringVector(request.Environment);
            using var path = new NativeText(request.Path);
            using ThreadCredentials? credentials =
                request.Credentials is null ? null : ThreadCredentials.Assume(request.Credentials);
            int processId;
            int error = Glibc.posix_spawn(&processId, path, actions, attributes, arguments.Pointer, environment.Pointer);
            Check(error, $"run {request.Path}");
            return processId;
        }
        finally
        {
            sources.ForEach(static source => source.Dispose());
            _ = Glibc.posix_spawnattr_destroy(attributes);
            _ = Glibc.posix_spawn_file_actions_destroy(actions);
        }
    }

    /// <summary>Waits until any child ends and reaps it: waitpid(2). Orphans that this process has adopted as a subreaper are children
    /// too.</summary>
    /// <returns>The process ID and the exit code of the child, 128 + N when signal N ended it; null when this process has no
    /// children.</returns>
    public static unsafe (int ProcessId, int ExitCode)? WaitAny()
    {
        int status;
        int processId;
        do
        {
            processId = Glibc.waitpid(-1, &status, 0);
        }
        while (processId < 0 && Errno.Last == Errno.Interrupted);

        return processId < 0 ? null : (processId, ExitCode(status));
    }

    /// <summary>Reaps one child if it has ended, without waiting: waitpid(2), WNOHANG.</summary>
    /// <returns>True when the process is reaped or is not a child of this process; false while it runs.</returns>
    public static unsafe bool TryReap(int processId)
    {
        int status;
        return Glibc.waitpid(processId, &status, NoHang) != 0;
    }

    private static int ExitCode(int status) => (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);

    private static unsafe void AddStreams(void* actions, SpawnRequest request, List<SafeFileHandle> sources)
    {
        if (request.TerminalPath is { } terminal)
        {
            // The first terminal that a session leader opens becomes its controlling terminal.
            AddOpen(actions, 0, terminal);
            Check(Glibc.posix_spawn_file_actions_adddup2(actions, 0, 1), "prepare a process");
            Check(Glibc.posix_spawn_file_actions_adddup2(actions, 0, 2), "prepare a process");
        }
        else
        {
            AddStream(actions, 0, request.StandardInput, sources);
            AddStream(actions, 1, request.StandardOutput, sources);
            AddStream(actions, 2, request.StandardError, sources);
        }

        if (request.Inherited is not null)
        {
            AddStream(actions, 3, request.Inherited, sources);
        }
    }

    private static unsafe void AddStream(void* actions, int target, SafeHandle? stream, List<SafeFileHandle> sources)
    {
        if (stream is null)
        {
            AddOpen(actions, target, "/dev/null");
            return;
        }

        using DescriptorLease descriptor = stream.Lease();
        int source = fcntl(descriptor, F_DUPFD_CLOEXEC, FirstSourceDescriptor);
        if (source < 0)
        {
            throw LinuxException.Last("duplicate a descriptor for a process");
        }

        sources.Add(new SafeFileHandle(source, ownsHandle: true));
        Check(Glibc.posix_spawn_file_actions_adddup2(actions, source, target), "prepare a process");
    }

    private static unsafe void AddOpen(void* actions, int target, string path)
    {
        using var native = new NativeText(path);
        Check(Glibc.posix_spawn_file_actions_addopen(actions, target, native, O_RDWR, 0), "prepare a process");
    }

    private static unsafe void SetAttributes(void* attributes)
    {
        // The .NET runtime ignores SIGPIPE and may block other signals; a child inherits both. The set is filled by hand, since
        // sigfillset(3) leaves out the two signals that glibc uses itself, and they would stay ignored if this process ignores them.
        sigset_t all;
        sigset_t none;
        new Span<byte>(&all, sizeof(sigset_t)).Fill(0xff);
        _ = sigemptyset(&none);
        Check(Glibc.posix_spawnattr_setsigdefault(attributes, &all), "prepare a process");
        Check(Glibc.posix_spawnattr_setsigmask(attributes, &none), "prepare a process");
        const short flags = Glibc.POSIX_SPAWN_SETSID | Glibc.POSIX_SPAWN_SETSIGDEF | Glibc.POSIX_SPAWN_SETSIGMASK;
        Check(Glibc.posix_spawnattr_setflags(attributes, flags), "prepare a process");
    }

    private static void Check(int error, string operation)
    {
        if (error != 0)
        {
            throw new LinuxException(operation, (Errno)error);
        }
    }
}
