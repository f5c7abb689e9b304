using System.Collections.Concurrent;
using System.Text;
using Net.Cnm.HealthChecks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Events;
using Net.Controller.Requests;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Controller.HealthChecks;

/// <summary>Who is probed when, under a clock that the tests set, and what a controller tells of it.</summary>
public sealed class HealthMonitorsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_container_is_probed_in_its_interval_and_each_change_is_told_once()
    {
        await using ControllerUnderTest test = await CreateAsync();
        using IEventFeed feed = test.Controller.Events.Follow(out _);
        var codes = new ConcurrentQueue<int>([0, 0, 1, 1, 1, 0]);
        test.Processes.Probe = _ => new Probe(codes.TryDequeue(out int code) ? code : 0, "hello");
        await RunAsync(test, Check);

        var seen = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            await StepAsync(test, i + 1);
            seen.Add($"{Health(test).Status} {Health(test).FailingStreak}");
        }

        Assert.Equal(["Healthy 0", "Healthy 0", "Healthy 1", "Unhealthy 2", "Unhealthy 3", "Healthy 0"], seen);
        Assert.All(Health(test).Log, result => Assert.Equal("hello", result.Output));
        Assert.Equal(["/bin/sh", "-c", "probe"], test.Processes.LastExec!.Command);
        Assert.Equal("nobody", test.Processes.LastExec.User);
        Assert.Contains("KEY=value", test.Processes.LastExec.Environment);
        Assert.Equal(
            ["health_status: healthy", "health_status: unhealthy", "health_status: healthy"],
            Told(feed).Where(action => action.StartsWith("health_status", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_probe_that_takes_too_long_is_closed_and_counts_as_failed_with_what_it_wrote()
    {
        await using ControllerUnderTest test = await CreateAsync();
        var probe = new Probe(null, new string('x', 5000));
        test.Processes.Probe = _ => probe;
        await RunAsync(test, Check with { AskedTimeout = TimeSpan.FromSeconds(2) });
        SteppedTime time = Time(test);
        await Eventually.HoldsAsync(() => time.Waiting == 1);
        time.Advance(Interval);
        await Eventually.HoldsAsync(() => probe.WaitsForever && time.Waiting == 1);
        Assert.False(probe.IsClosed);
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => Health(test).Log.Count == 1);

        Assert.True(probe.IsClosed);
        ProbeResult result = Health(test).Log[0];
        Assert.Equal(-1, result.ExitCode);
        Assert.Equal($"Health check exceeded timeout (2s): {new string('x', 4096)}...", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(2), result.End - result.Start);
    }

    [Fact]
    public async Task A_paused_container_is_not_probed_and_goes_on_later()
    {
        await using ControllerUnderTest test = await CreateAsync();
        var probe = new Probe(null, "");
        test.Processes.Probe = _ => probe;
        await RunAsync(test, Check);
        await Eventually.HoldsAsync(() => Time(test).Waiting == 1);
        Time(test).Advance(Interval);
        await Eventually.HoldsAsync(() => probe.WaitsForever);

        await test.Controller.PauseSandboxAsync("web", default);
        await Eventually.HoldsAsync(() => probe.IsClosed && Time(test).Waiting == 0);
        Assert.Equal((HealthStatus.Unhealthy, 0), (Health(test).Status, Health(test).Log.Count)); // as Docker has it

        test.Processes.Probe = _ => new Probe(0, "");
        await test.Controller.UnpauseSandboxAsync("web", default);
        await StepAsync(test, 1);
        Assert.Equal(HealthStatus.Healthy, Health(test).Status);
    }

    [Fact]
    public async Task The_probing_ends_with_the_container_and_begins_anew_with_the_next_start()
    {
        await using ControllerUnderTest test = await CreateAsync();
        test.Processes.Probe = _ => new Probe(0, "");
        Sandbox made = await RunAsync(test, Check);
        await StepAsync(test, 1);
        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        await Eventually.HoldsAsync(() => Time(test).Waiting == 0);
        Assert.Equal((HealthStatus.Unhealthy, 1), (Health(test).Status, Health(test).Log.Count));

        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal((HealthStatus.Starting, 1), (Health(test).Status, Health(test).Log.Count));
        await StepAsync(test, 2);
        Assert.Equal(HealthStatus.Healthy, Health(test).Status);

        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await Eventually.HoldsAsync(() => Time(test).Waiting == 0);
        Assert.Equal(SandboxHealth.Starting, test.Controller.HealthOf(made with { State = SandboxState.Running })); // nothing is kept
    }

    [Fact]
    public async Task The_next_daemon_probes_what_runs_and_knows_no_more_than_that_at_first()
    {
        await using ControllerUnderTest test = await CreateAsync();
        test.Processes.Probe = _ => new Probe(0, "");
        HealthCheck check = Check with { AskedTimeout = TimeSpan.FromSeconds(3), AskedStartInterval = TimeSpan.FromMilliseconds(1.5) };
        await RunAsync(test, check);
        await StepAsync(test, 1);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);

        HealthCheck stored = test.Controller.FindSandbox("web").HealthCheck!;
        Assert.Equal(check.Test, stored.Test);
        Assert.Equal(check, stored with { Test = check.Test });
        Assert.Equal((HealthStatus.Starting, 0), (Health(test).Status, Health(test).Log.Count));
        await StepAsync(test, 1);
        Assert.Equal(HealthStatus.Healthy, Health(test).Status);
    }

    [Fact]
    public async Task Without_a_probe_there_is_no_health_and_before_the_first_start_neither()
    {
        await using ControllerUnderTest test = await CreateAsync();
        await RunAsync(test, new HealthCheck { Test = ["NONE"], AskedInterval = Interval });
        Assert.Equal(0, Time(test).Waiting);
        Assert.Null(test.Controller.HealthOf(test.Controller.FindSandbox("web")));

        await CreateAsync(test, "made", Check);
        Assert.Null(test.Controller.HealthOf(test.Controller.FindSandbox("made")));
    }

    private static HealthCheck Check { get; } =
        new() { Test = ["CMD-SHELL", "probe"], AskedInterval = Interval, AskedRetries = 2 };

    private static Task<ControllerUnderTest> CreateAsync() =>
        ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Time = new SteppedTime() });

    private static SteppedTime Time(ControllerUnderTest test) => (SteppedTime)test.Time;

    private static SandboxHealth Health(ControllerUnderTest test) =>
        test.Controller.HealthOf(test.Controller.FindSandbox("web")) ?? throw new InvalidOperationException("it has no health");

    private static async Task<Sandbox> RunAsync(ControllerUnderTest test, HealthCheck check)
    {
        await CreateAsync(test, "web", check);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        return test.Controller.FindSandbox("web");
    }

    private static Task CreateAsync(ControllerUnderTest test, string name, HealthCheck check) => test.Controller.CreateSandbox(
        new SandboxCreateRequest
        {
            Name = name,
            HealthCheck = check,
            Process = new ProcessConfig { Command = ["serve"], User = "nobody", Environment = ["KEY=value"] },
        }).RunAsync(default);

    // Goes on to the next probe, and waits until so many are logged (five at most), and the one after is awaited.
    private static async Task StepAsync(ControllerUnderTest test, int count)
    {
        await Eventually.HoldsAsync(() => Time(test).Waiting == 1);
        DateTimeOffset now = Time(test).GetUtcNow();
        Time(test).Advance(Interval);
        await Eventually.HoldsAsync(() => Health(test).Log is [.., var last] log && last.Start > now && log.Count == Math.Min(count, 5));
    }

    private static List<string> Told(IEventFeed feed)
    {
        var actions = new List<string>();
        while (feed.Events.TryRead(out CnmEvent? happened))
        {
            actions.Add(happened.Action);
        }

        return actions;
    }

    /// <summary>A probe that writes a text and then ends with a code, or not at all.</summary>
    private sealed class Probe(int? code, string output) : IProcessStreams
    {
        private readonly Queue<StreamFrame> _frames = new(
        [
            new StreamFrame(StreamKind.StandardError, Encoding.UTF8.GetBytes(output)),
            .. code is { } exit ? (StreamFrame[])[new StreamFrame(StreamKind.Exit, new[] { (byte)exit })] : [],
        ]);

        public bool WaitsForever { get; private set; }

        public bool IsClosed { get; private set; }

        public async ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken)
        {
            if (_frames.TryDequeue(out StreamFrame frame))
            {
                return frame;
            }

            WaitsForever = true;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        }

        public ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
