using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Tests.Unit.Controller;

/// <summary>Shims that are only said to run. They outlive the controller under test, as real ones do.</summary>
internal sealed class FakeProcesses : ISandboxProcesses
{
    private readonly ConcurrentDictionary<SandboxId, Shim> _shims = new();

    // A watch may come to its waiting only when the files have gone; of a real shim, it would be waiting long before.
    private readonly ConcurrentDictionary<SandboxId, Shim> _removed = new();

    public List<SandboxProcessSpec> Started { get; } = [];

    public ConcurrentBag<SandboxId> Forgotten { get; } = [];

    /// <summary>What starting a command throws, or null.</summary>
    public CnmException? RefuseStart { get; set; }

    public ConcurrentDictionary<SandboxId, byte[]> Descriptions { get; } = new();

    /// <summary>Whether the disk of the descriptions is full.</summary>
    public bool IsFull { get; set; }

    public ProcessConfig? LastExec { get; private set; }

    /// <summary>The time at which shims start; each ends a second later, whenever it ends.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>What goes on before a shim is there; nothing when not set.</summary>
    public Func<Task> BeforeStart { get; set; } = () => Task.CompletedTask;

    public async Task<SandboxProcessState> StartAsync(SandboxProcessSpec spec, CancellationToken cancellationToken)
    {
        if (RefuseStart is { } error)
        {
            throw error;
        }

        await BeforeStart();
        lock (Started)
        {
            Started.Add(spec);
        }

        return (_shims[spec.Sandbox] = new Shim(Now)).State;
    }

    /// <summary>The command ends by itself.</summary>
    public void End(SandboxId sandbox, int exitCode) => _shims[sandbox].End(exitCode);

    public bool IsAlive(SandboxId sandbox) => _shims.TryGetValue(sandbox, out Shim? shim) && shim.State.ShimAlive;

    /// <summary>What reading a state throws; null for nothing.</summary>
    public Func<SandboxId, Exception?> RefuseRead { get; set; } = _ => null;

    public Task<SandboxProcessState?> ReadStateAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        RefuseRead(sandbox) is { } error ? throw error : Task.FromResult(_shims.TryGetValue(sandbox, out Shim? shim) ? shim.State : null);

    /// <summary>What waiting for an end throws; null for nothing.</summary>
    public Func<SandboxId, Exception?> RefuseWait { get; set; } = _ => null;

    public Task<SandboxProcessState> WaitAsync(SandboxId sandbox, CancellationToken cancellationToken) => RefuseWait(sandbox) is { } error
        ? Task.FromException<SandboxProcessState>(error)
        : (_shims.GetValueOrDefault(sandbox) ?? _removed[sandbox]).Ended.Task.WaitAsync(cancellationToken);

    public Task SignalAsync(SandboxId sandbox, int signal, CancellationToken cancellationToken) =>
        StopAsync(sandbox, signal, TimeSpan.Zero, cancellationToken);

    public IReadOnlyList<int> ReadProcessIds(SandboxId sandbox) => IsAlive(sandbox) ? [1] : [];

    public ConcurrentDictionary<SandboxId, bool> Paused { get; } = new();

    /// <summary>What pausing throws, or null.</summary>
    public CnmException? RefusePause { get; set; }

    public Task PauseAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        Paused[sandbox] = true;
        return RefusePause is { } error ? throw error : Task.CompletedTask;
    }

    public Task UnpauseAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        Paused.TryRemove(sandbox, out _);
        return Task.CompletedTask;
    }

    /// <summary>How long a command takes to end once it is told to.</summary>
    public Func<Task> BeforeEnd { get; set; } = () => Task.CompletedTask;

    /// <summary>What ending a command throws; null for nothing.</summary>
    public Func<SandboxId, Exception?> RefuseEnd { get; set; } = _ => null;

    public Task BeginStopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        _ = StopAsync(sandbox, signal, grace, cancellationToken);
        return Task.CompletedTask;
    }

    public async Task StopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        await BeforeEnd();
        if (RefuseEnd(sandbox) is { } error)
        {
            throw error;
        }

        if (_shims.TryGetValue(sandbox, out Shim? shim))
        {
            shim.End(128 + signal);
        }
    }

    public Task<IProcessStreams> AttachAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        Task.FromResult<IProcessStreams>(new NoStreams());

    public Task<IProcessStreams> AttachToNewAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        AttachAsync(sandbox, cancellationToken);

    public Task<IProcessStreams> ExecAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken)
    {
        LastExec = command;
        return IsAlive(sandbox)
            ? Task.FromResult<IProcessStreams>(new NoStreams())
            : throw new CnmException(CnmErrorKind.Conflict, "there is no shim");
    }

    /// <summary>What a probe is connected to.</summary>
    public Func<SandboxId, IProcessStreams> Probe { get; set; } = _ => new NoStreams();

    public async Task<IProcessStreams> ProbeAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken)
    {
        await ExecAsync(sandbox, command, cancellationToken);
        return Probe(sandbox);
    }

    public async IAsyncEnumerable<LogLine> ReadLogAsync(
        SandboxId sandbox, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public IReadOnlyList<SandboxId> ReadSandboxIds() => [.. _shims.Keys];

    public void WriteDescription(SandboxId sandbox, ReadOnlySpan<byte> description)
    {
        if (IsFull)
        {
            throw new IOException("the disk is full");
        }

        if (_shims.ContainsKey(sandbox))
        {
            Descriptions[sandbox] = description.ToArray();
        }
    }

    public byte[]? ReadDescription(SandboxId sandbox) => Descriptions.GetValueOrDefault(sandbox);

    public void RemoveDescription(SandboxId sandbox) => Descriptions.TryRemove(sandbox, out _);

    public void RemoveFiles(SandboxId sandbox)
    {
        Assert.False(IsAlive(sandbox), "a shim that runs must not be forgotten");
        if (_shims.TryRemove(sandbox, out Shim? shim))
        {
            _removed[sandbox] = shim;
        }

        RemoveDescription(sandbox);
        Forgotten.Add(sandbox);
    }

    private sealed class Shim(DateTimeOffset started)
    {
        private SandboxProcessState _state = new(ShimAlive: true, 4711, started, null, null);

        public TaskCompletionSource<SandboxProcessState> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SandboxProcessState State => _state;

        public void End(int exitCode)
        {
            if (_state.ShimAlive)
            {
                _state = _state with { ShimAlive = false, ExitCode = exitCode, Finished = started.AddSeconds(1) };
                Ended.TrySetResult(_state);
            }
        }
    }

    private sealed class NoStreams : IProcessStreams
    {
        public ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<StreamFrame?>(null);

        public ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
