using System.Collections.Concurrent;
using System.Text;

using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Processes;
using Net.Shims;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

/// <summary>A directory of shims for one test; whatever still runs at its end is killed.</summary>
public sealed class ShimHost : IAsyncDisposable
{
    // By it the commands of this run are told from those of another run of the tests on the same machine.
    private static readonly string Mark = $"NETCTL_TEST_RUN={Environment.ProcessId}";

    public static readonly string[] DefaultEnvironment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm", Mark];

    private readonly NamespaceThread _namespaces = new();
    private readonly List<string> _bound = [];
    private readonly List<SandboxId> _sandboxes = [];

    public ShimHost(int pathLength = 0, ulong? openFiles = null, TimeProvider? time = null)
    {
        Root = Directory.CreateTempSubdirectory("shims-").FullName;
        Shims = Path.Combine(Root, "shims".PadRight(Math.Max(5, pathLength), 'x'));
        Processes = new ShimProcesses(Shims, Logs, FindProgram(), time ?? TimeProvider.System, openFiles, Note);
    }

    public string Root { get; }

    public string Shims { get; }

    /// <summary>The folder that has a folder of each command's output; a file system may be mounted there.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>What the shims have said for the daemon's log.</summary>
    public ConcurrentQueue<string> Notices { get; } = new();

    public ShimProcesses Processes { get; private set; }

    /// <summary>netctl-shim: beside NETCTL_BINARY, else what was published, else what was built for the tests' framework.</summary>
    public static string FindProgram()
    {
        if (Environment.GetEnvironmentVariable("NETCTL_BINARY") is { Length: > 0 } named)
        {
            return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(named))!, "netctl-shim");
        }

        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Net.sln")))
        {
            root = root.Parent;
        }

        string[] places =
        [
            "artifacts/netctl/netctl-shim", "src/Shim/bin/Release/net10.0/netctl-shim", "src/Shim/bin/Debug/net10.0/netctl-shim",
        ];
        return places.Select(place => Path.Combine(root?.FullName ?? "/", place)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("no netctl-shim: dotnet build src/Shim, or set NETCTL_BINARY");
    }

    /// <summary>As a daemon that was killed and started again: nothing is kept but the directory.</summary>
    public void Restart()
    {
        Processes.Dispose();
        Processes = new ShimProcesses(Shims, Logs, FindProgram(), TimeProvider.System, onNotice: Note);
    }

    /// <summary>The sizes of the files of a command's log, oldest first.</summary>
    public long[] LogSizes(SandboxId id) => Directory.Exists(LogOf(id))
        ? [.. Directory.EnumerateFiles(LogOf(id)).Order(StringComparer.Ordinal).Select(file => new FileInfo(file).Length)]
        : [];

    public string LogOf(SandboxId id) => Path.Combine(Logs, id.Value);

    public string NewNamespace()
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "netns")).FullName, $"ns{_bound.Count}");
        _namespaces.Create(path).Dispose();
        _bound.Add(path);
        return path;
    }

    public FileMount NewFile(string target, string content)
    {
        string path = Path.Combine(Root, Path.GetFileName(target));
        File.WriteAllText(path, content);
        return new FileMount(target, path);
    }

    public static ProcessConfig Shell(string script) => Program("sh", "-c", script);

    public static ProcessConfig Program(params string[] command) => new() { Command = command, Environment = DefaultEnvironment };

    public Task<SandboxId> StartAsync(string script) => StartAsync(Shell(script));

    public async Task<SandboxId> StartAsync(
        ProcessConfig? command, string? namespacePath = null, string? hostName = null, params FileMount[] files)
    {
        SandboxId id = NewId();
        await Processes.StartAsync(
            new SandboxProcessSpec { Sandbox = id, Process = command, NamespacePath = namespacePath, HostName = hostName, Files = files },
            default);
        return id;
    }

    /// <summary>Starts a command whose log keeps little.</summary>
    public async Task<SandboxId> StartAsync(ProcessConfig command, LogLimits limits, bool isAttached)
    {
        SandboxId id = NewId();
        await Processes.StartAsync(
            new SandboxProcessSpec { Sandbox = id, Process = command, Log = limits, IsAttached = isAttached }, default);
        return id;
    }

    public SandboxId NewId()
    {
        SandboxId id = SandboxId.New();
        _sandboxes.Add(id);
        return id;
    }

    /// <summary>Reads frames to the end.</summary>
    public static async Task<(string Output, string Error, int? ExitCode)> ReadToEndAsync(IProcessStreams streams)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int? code = null;
        while (await streams.ReadAsync(limit.Token) is { } frame)
        {
            if (frame.Kind == StreamKind.Exit)
            {
                code = frame.Bytes.Span[0];
            }
            else
            {
                (frame.Kind == StreamKind.StandardError ? error : output).Write(frame.Bytes.Span);
            }
        }

        return (Encoding.Latin1.GetString(output.ToArray()), Encoding.Latin1.GetString(error.ToArray()), code);
    }

    /// <summary>Reads output until it contains <paramref name="text"/>.</summary>
    public static async Task<string> ReadUntilAsync(IProcessStreams streams, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var all = new StringBuilder();
        while (!all.ToString().Contains(text, StringComparison.Ordinal))
        {
            StreamFrame frame = await streams.ReadAsync(limit.Token) ?? throw new EndOfStreamException($"only got: {all}");
            all.Append(Encoding.UTF8.GetString(frame.Bytes.Span));
        }

        return all.ToString();
    }

    public async Task<(string Output, string Error, int? ExitCode)> OutcomeAsync(SandboxId id)
    {
        await using IProcessStreams streams = await Processes.AttachAsync(id, default);
        return await ReadToEndAsync(streams);
    }

    public Task<SandboxProcessState> WaitAsync(SandboxId id) => Processes.WaitAsync(id, default).WaitAsync(TimeSpan.FromSeconds(60));

    public static bool Runs(int processId) => ProcessStatus.Read(processId) is { IsRunning: true };

    /// <summary>Whether any command of this run of the tests has this word as an argument of its own.</summary>
    public static bool AnyRuns(string word) => ProcessStatus.ReadAll().Any(process =>
        process.IsRunning && Strings(process.Id, "cmdline").Contains(word) && Strings(process.Id, "environ").Contains(Mark));

    public async ValueTask DisposeAsync()
    {
        foreach (SandboxId id in _sandboxes)
        {
            await Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        }

        Processes.Dispose();
        _bound.ForEach(NamespaceFile.Remove);
        _namespaces.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private void Note(SandboxId sandbox, string notice) => Notices.Enqueue(notice);

    // The strings in a file of /proc, each of which ends with a NUL.
    private static string[] Strings(int processId, string file) => ProcessFile.Read(processId, file).Split('\0');
}
