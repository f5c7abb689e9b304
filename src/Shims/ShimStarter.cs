using System.Collections;
using System.Globalization;
using System.Text.Json;

using Microsoft.Win32.SafeHandles;

using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Processes;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims;

/// <summary>Starts shims. Each runs in a session of its own and inherits no descriptor of the daemon's but its listening socket.</summary>
internal sealed class ShimStarter(string program, ulong openFiles, ShimChildren children, TimeProvider time)
{
    /// <summary>How long a new shim has to say that it holds the sandbox, its command started.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>The name of the shim's program, whatever directory it is in.</summary>
    internal const string ProgramName = "netctl-shim";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The settings that keep a shim's managed heap small: a generation 0 of 128 KiB, in regions of 1 MiB instead of 4; one heap;
    /// unused memory returned to the kernel.</summary>
    /// <remarks>Numbers are hexadecimal and have no prefix: a native program's runtime takes no notice of a number with one.</remarks>
    private static readonly string[] SmallHeap =
    [
        "DOTNET_GCgen0size=20000",
        "DOTNET_GCRegionSize=100000",
        "DOTNET_gcServer=0",
        "DOTNET_gcConcurrent=0",
        "DOTNET_GCConserveMemory=9",
    ];

    /// <summary>Starts a shim and its command. The shim's directory and that of its log are created when they do not exist.</summary>
    /// <exception cref="CnmException">As <see cref="ISandboxProcesses.StartAsync"/>.</exception>
    internal async Task<ShimRecord> StartAsync(string directory, string logDirectory, SandboxProcessSpec spec)
    {
        string[] made = [.. new[] { directory, logDirectory }.Where(static folder => !Directory.Exists(folder))];
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(logDirectory, OwnerOnly | UnixFileMode.UserExecute);
            File.Delete(Path.Combine(directory, ShimFiles.State));
            File.Delete(Path.Combine(directory, ShimFiles.Socket));
            File.Delete(Path.Combine(directory, ShimFiles.NewSocket));
            (int shim, ShimConnection connection) = await LaunchAsync(directory);
            using (connection)
            {
                return await HandOverAsync(connection, directory, logDirectory, spec, shim);
            }
        }
        catch (Exception error)
        {
            foreach (string folder in made.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }

            if (error is LinuxException { Errno: var errno } && errno == Errno.NoEntry && !File.Exists(program))
            {
                throw new CnmException(
                    CnmErrorKind.Internal,
                    $"container {spec.Sandbox.Short}: the helper program {program} does not exist; it belongs beside netctl, so install "
                        + "both again",
                    error);
            }

            if (error is LinuxException or IOException)
            {
                var failure = Failure.Of(error);
                throw new CnmException(
                    failure.Kind,
                    $"container {spec.Sandbox.Short}: its shim could not be started in {directory}: {failure.Message}",
                    error);
            }

            throw;
        }
    }

    /// <summary>Starts the shim's process, with the connection by which it is told what to start as the first one of its socket.</summary>
    private async Task<(int Process, ShimConnection Connection)> LaunchAsync(string directory)
    {
        using SafeFileHandle place = Descriptor.OpenPlace(directory);
        using SafeFileHandle listener = UnixListener.Listen($"{Descriptor.PathOf(place)}/{ShimFiles.NewSocket}");
        string path = Path.Combine(directory, ShimFiles.NewSocket);
        File.SetUnixFileMode(path, OwnerOnly);
        ShimConnection connection = await ShimConnection.ConnectAsync(directory, ShimFiles.NewSocket, CancellationToken.None)
            ?? throw new IOException($"nobody listens at {path}: it was removed meanwhile");
        try
        {
            File.Move(path, Path.Combine(directory, ShimFiles.Socket));
            return (Spawn(directory, listener), connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private int Spawn(string directory, SafeFileHandle listener)
    {
        using SafeFileHandle messages = Descriptor.OpenAppend(Path.Combine(directory, ShimFiles.Messages));
        int shim = ChildProcess.Spawn(new SpawnRequest
        {
            Path = program,
            Arguments = [program, directory, openFiles.ToString(CultureInfo.InvariantCulture)],
            Environment = ShimEnvironment(),
            StandardError = messages,
            Inherited = listener,
        });
        children.Add(shim);
        return shim;
    }

    // This cannot be cancelled from outside: it takes milliseconds, and a cancellation would leave a shim that nobody knows of.
    private async Task<ShimRecord> HandOverAsync(
        ShimConnection connection, string directory, string logDirectory, SandboxProcessSpec spec, int shim)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, time);
        try
        {
            return await HandOverAsync(connection, directory, logDirectory, spec, limit.Token);
        }
        catch (OperationCanceledException error)
        {
            Signals.Send(shim, Signals.Kill);
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"container {spec.Sandbox.Short}: its new shim (process {shim}) has not answered for {AnswerLimit.TotalSeconds} s, so it "
                    + "was ended; see whether the machine is overloaded, and start the container again",
                error);
        }
    }

    private static async Task<ShimRecord> HandOverAsync(
        ShimConnection connection, string directory, string logDirectory, SandboxProcessSpec spec, CancellationToken limit)
    {
        byte[] request = JsonSerializer.SerializeToUtf8Bytes(StartRequest.From(spec, logDirectory), WireJson.Default.StartRequest);
        if (request.Length > Frame.MaximumPayload)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"container {spec.Sandbox.Short}: its command and environment are over 1 MiB; shorten them");
        }

        if (await connection.SendAsync(ControlKind.Start, request, limit)
            && await connection.ReadAsync(limit) is { } answer)
        {
            if (answer.Control == ControlKind.Accepted)
            {
                return JsonSerializer.Deserialize(answer.Bytes.Span, WireJson.Default.ShimRecord)!;
            }

            Failure failure = JsonSerializer.Deserialize(answer.Bytes.Span, WireJson.Default.Failure)!;
            await connection.WaitForEndAsync(onNotice: null, limit);
            throw new CnmException(failure.Kind, failure.Message);
        }

        throw new IOException($"it ended at once and said: {LastMessages(directory)}");
    }

    private static string LastMessages(string directory)
    {
        string path = Path.Combine(directory, ShimFiles.Messages);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        return lines.Length == 0 ? "nothing" : string.Join(' ', lines.TakeLast(5));
    }

    private static List<string> ShimEnvironment() =>
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => $"{entry.Key}={entry.Value}")
            .Where(static entry => !entry.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase)),
        .. SmallHeap,
    ];
}
