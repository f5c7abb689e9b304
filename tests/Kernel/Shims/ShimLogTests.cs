using System.Globalization;
using System.Text;

using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

/// <summary>What a log keeps, and whom the command waits for.</summary>
public sealed class ShimLogTests
{
    private static readonly LogLimits Small = new() { MaximumSize = 100_000, MaximumFiles = 3 };
    private static readonly LogLimits Tiny = new() { MaximumSize = 10_000, MaximumFiles = 1 };

    [KernelFact]
    public async Task The_newest_output_is_kept_in_files_of_limited_size_that_belong_to_root_alone()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("seq", "1", "1000000"), Small, isAttached: false);
        await host.WaitAsync(id);

        long[] sizes = host.LogSizes(id);
        Assert.Equal(3, sizes.Length);
        Assert.All(sizes, size => Assert.InRange(size, 1, 100_000));
        Assert.Equal("700\n", Command.Run("stat", "-c", "%a", host.LogOf(id)));
        Assert.Equal("600\n", Command.Run("sh", "-c", $"stat -c %a {host.LogOf(id)}/* | sort -u"));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(host.Shims, id.Value)), file => new FileInfo(file).Length > 10_000);

        string[] lines = (await ReadAsync(host, id)).TrimEnd('\n').Split('\n');
        int first = int.Parse(lines[1], CultureInfo.InvariantCulture); // the first line may have lost its beginning
        Assert.InRange(lines.Length, 20_000, 40_000);
        Assert.Equal(Enumerable.Range(first, 1_000_001 - first).Select(number => $"{number}"), lines[1..]);
    }

    [KernelFact]
    public async Task A_line_of_two_bytes_takes_little_more_than_two_bytes()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("yes | head -c 1000000");
        await host.WaitAsync(id);
        Assert.InRange(host.LogSizes(id).Sum(), 1_000_000, 1_050_000);
    }

    [KernelFact]
    public async Task A_reader_that_attaches_late_and_reads_slowly_gets_all_of_a_log_that_keeps_nearly_nothing()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("seq", "1", "1000000"), Tiny, isAttached: true);
        Assert.True(SpinWait.SpinUntil(() => host.LogSizes(id).Sum() > 1 << 20, TimeSpan.FromSeconds(30)));
        Assert.Null((await host.Processes.ReadStateAsync(id, default))!.ExitCode);

        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        (string output, _, int? code) = await ShimHost.ReadToEndAsync(streams);
        Assert.Equal((string.Concat(Enumerable.Range(1, 1_000_000).Select(number => $"{number}\n")), 0), (output, code));
        Assert.InRange(host.LogSizes(id).Sum(), 0, 2 << 20);
    }

    [KernelFact]
    public async Task A_reader_that_is_late_gets_all_of_a_log_that_was_removed()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("seq 1 100000; exit 4"), Tiny, isAttached: true);
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await host.WaitAsync(id);
        host.Processes.RemoveFiles(id);
        Assert.Empty(Directory.GetFileSystemEntries(host.Logs));

        string expected = string.Concat(Enumerable.Range(1, 100_000).Select(number => $"{number}\n"));
        Assert.Equal((expected, "", 4), await ShimHost.ReadToEndAsync(streams));
    }

    [KernelFact]
    public async Task A_command_runs_on_when_the_reader_it_waited_for_goes_away()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("seq 1 1000000; exit 5"), Small, isAttached: true);
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            Assert.True(SpinWait.SpinUntil(() => host.LogSizes(id).Sum() > 1 << 20, TimeSpan.FromSeconds(30)));
            await using IProcessStreams other = await host.Processes.AttachAsync(id, default);
            await ShimHost.ReadUntilAsync(other, "\n1000\n");
            Assert.Null((await host.Processes.ReadStateAsync(id, default))!.ExitCode);
        }

        Assert.Equal(5, (await host.WaitAsync(id)).ExitCode);
        Assert.EndsWith("\n1000000\n", await ReadAsync(host, id), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_command_waits_for_a_reader_that_was_announced_for_a_few_seconds_only()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("seq", "1", "1000000"), Small, isAttached: true);
        Assert.Equal(0, (await host.WaitAsync(id)).ExitCode);
    }

    [KernelFact]
    public async Task A_reader_that_follows_the_log_holds_up_nothing()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(
            ShimHost.Shell("echo begin; read x; seq 1 1000000") with { OpenStandardInput = true }, Small, isAttached: false);
        await using IAsyncEnumerator<LogLine> follower =
            host.Processes.ReadLogAsync(id, new LogQuery { Follow = true }, default).GetAsyncEnumerator();
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("begin\n", Encoding.UTF8.GetString(follower.Current.Bytes.Span));
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);
        }

        Assert.Equal(0, (await host.WaitAsync(id)).ExitCode);
        string last = "";
        while (await follower.MoveNextAsync())
        {
            last = Encoding.UTF8.GetString(follower.Current.Bytes.Span);
        }

        Assert.Equal("1000000\n", last);
    }

    [KernelFact]
    public async Task A_held_command_that_is_stopped_ends()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("seq", "1", "1000000"), Small, isAttached: true);
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        Assert.True(SpinWait.SpinUntil(() => host.LogSizes(id).Sum() > 1 << 20, TimeSpan.FromSeconds(30)));
        await host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.FromMinutes(10), default);
        Assert.Equal(128 + Signals.Terminate, (await host.WaitAsync(id)).ExitCode);
        Assert.Equal(128 + Signals.Terminate, (await ShimHost.ReadToEndAsync(streams)).ExitCode);
    }

    [KernelFact]
    public async Task The_log_of_a_shim_that_was_killed_is_read_and_gone_on_with()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("echo one; sleep 46.25"));
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await ShimHost.ReadUntilAsync(streams, "one\n");
            int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
            Signals.Send(ProcessStatus.Read(main)!.Value.ParentId, Signals.Kill);
            await host.WaitAsync(id);
            Assert.Equal(("", "", null), await ShimHost.ReadToEndAsync(streams));
        }

        await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        await host.Processes.StartAsync(new SandboxProcessSpec { Sandbox = id, Process = ShimHost.Shell("echo two") }, default);
        await host.WaitAsync(id);
        Assert.Equal("one\ntwo\n", await ReadAsync(host, id));
        Assert.Equal("two\n", (await host.OutcomeAsync(id)).Output);
    }

    [KernelFact]
    public async Task A_reader_that_follows_gets_every_line_across_files_that_are_begun_and_removed()
    {
        await using var host = new ShimHost();
        // Nothing is attached: a file is kept that an attached reader has still to read.
        string pipe = Path.Combine(host.Root, "pipe");
        Command.Run("mkfifo", pipe);
        SandboxId id = await host.StartAsync(ShimHost.Program("cat", pipe), Tiny, isAttached: false);
        await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using IAsyncEnumerator<LogLine> follower =
            host.Processes.ReadLogAsync(id, new LogQuery { Follow = true }, default).GetAsyncEnumerator();
        var files = new HashSet<string>();
        for (int number = 0; number < 60; number++)
        {
            byte[] line = Encoding.ASCII.GetBytes($"{number:D999}\n");
            await writer.WriteAsync(line);
            Assert.True(await follower.MoveNextAsync());
            Assert.Equal(line, follower.Current.Bytes.ToArray());
            files.UnionWith(Directory.GetFiles(host.LogOf(id)));
        }

        Assert.InRange(files.Count, 6, 60);
        Assert.InRange(Directory.GetFiles(host.LogOf(id)).Length, 1, 2);
        await host.Processes.StopAsync(id, 9, TimeSpan.FromSeconds(10), default);
        Assert.False(await follower.MoveNextAsync());
    }

    [KernelFact]
    public async Task Following_up_to_a_time_ends_at_that_time_though_the_command_runs_on()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("echo one; exec sleep 1000");
        Assert.True(SpinWait.SpinUntil(() => host.LogSizes(id).Sum() > 0, TimeSpan.FromSeconds(30)));
        var query = new LogQuery { Follow = true, Until = DateTimeOffset.UtcNow.AddMilliseconds(300) };
        List<LogLine> lines = [];
        await foreach (LogLine line in host.Processes.ReadLogAsync(id, query, default))
        {
            lines.Add(line);
        }

        Assert.Equal("one\n", Encoding.UTF8.GetString(Assert.Single(lines).Bytes.Span));
        Assert.Null((await host.Processes.ReadStateAsync(id, default))!.ExitCode);
    }

    private static async Task<string> ReadAsync(ShimHost host, SandboxId id)
    {
        var all = new StringBuilder();
        await foreach (LogLine line in host.Processes.ReadLogAsync(id, new LogQuery(), default))
        {
            all.Append(Encoding.UTF8.GetString(line.Bytes.Span));
        }

        return all.ToString();
    }
}
