using System.Text;

using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

public sealed class ShimCommandTests
{
    [KernelFact]
    public async Task Exit_code_and_both_streams_of_a_command_come_back()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("echo out; echo err >&2; exit 7");

        Assert.Equal(("out\n", "err\n", 7), await host.OutcomeAsync(id));
        SandboxProcessState state = await host.WaitAsync(id);
        Assert.Equal(7, state.ExitCode);
        Assert.False(state.ShimAlive);
        Assert.True(state.Finished >= state.Started);
    }

    [KernelFact]
    public async Task A_signal_that_ends_the_command_is_its_exit_code_plus_128()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await host.Processes.SignalAsync(id, Signals.Terminate, default);
        Assert.Equal(128 + Signals.Terminate, (await host.WaitAsync(id)).ExitCode);

        CnmException error = await Assert.ThrowsAsync<CnmException>(() => host.Processes.SignalAsync(id, Signals.Terminate, default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
    }

    [KernelFact]
    public async Task Command_that_does_not_exist_or_cannot_run_is_said_in_Dockers_words_and_leaves_nothing()
    {
        await using var host = new ShimHost();
        string script = Path.Combine(host.Root, "no-mode");
        File.WriteAllText(script, "#!/bin/sh\n");
        string format = Path.Combine(host.Root, "no-format");
        File.WriteAllText(format, "\u0001\u0002");
        Command.Run("chmod", "500", format);

        await Fails(
            ShimHost.Program("nosuch"),
            CnmErrorKind.CommandNotFound,
            "exec: \"nosuch\": executable file not found in $PATH; netctl runs programs of this host and has no images: install it, or "
                + "give its whole path");
        await Fails(
            ShimHost.Program("/nosuch"),
            CnmErrorKind.CommandNotFound,
            "exec: \"/nosuch\": stat /nosuch: no such file or directory; install it, or correct the path");
        await Fails(ShimHost.Program(script), CnmErrorKind.CommandNotExecutable, $"exec: \"{script}\": permission denied");
        await Fails(ShimHost.Program(format), CnmErrorKind.CommandNotExecutable, $"exec: \"{format}\": exec format error");
        await Fails(ShimHost.Program("/etc"), CnmErrorKind.CommandNotExecutable, "exec: \"/etc\": is a directory");
        await Fails(
            ShimHost.Program("true") with { WorkingDirectory = "/nosuch" },
            CnmErrorKind.CommandNotFound,
            "chdir to cwd (\"/nosuch\") failed: no such file or directory");
        Assert.Empty(Directory.GetFileSystemEntries(host.Shims));
        Assert.Empty(Directory.GetFileSystemEntries(host.Logs));

        async Task Fails(ProcessConfig command, CnmErrorKind kind, string message)
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => host.StartAsync(command));
            Assert.Equal((kind, message), (error.Kind, error.Message));
        }
    }

    [KernelFact]
    public async Task Command_starts_with_default_signals_few_descriptors_its_own_session_and_the_given_environment()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell(
            "grep -E 'Sig(Ign|Blk)' /proc/self/status; ls /proc/$$/fd; ulimit -Sn; env | grep -E '^(X|DOTNET)'; umask; pwd")
            with
        { Environment = [.. ShimHost.DefaultEnvironment, "X=a b"], WorkingDirectory = "/usr" });

        (string output, _, int? code) = await host.OutcomeAsync(id);
        Assert.Equal(0, code);
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n0\n1\n2\n1024\nX=a b\n0022\n/usr\n", output);
    }

    [KernelFact]
    public async Task Command_gets_the_limit_of_open_files_that_the_daemon_was_started_with()
    {
        await using var host = new ShimHost(openFiles: 3000);
        SandboxId id = await host.StartAsync(ShimHost.Shell("ulimit -Sn; ulimit -Hn"));
        Assert.Equal("1024\n3000\n", (await host.OutcomeAsync(id)).Output);
    }

    [KernelFact]
    public async Task Standard_input_reaches_the_command_and_an_empty_frame_ends_it()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("cat") with { OpenStandardInput = true });
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        byte[] block = new byte[1 << 20];
        Array.Fill(block, (byte)'x');
        Task<(string Output, string, int? ExitCode)> reading = ShimHost.ReadToEndAsync(streams);
        for (int i = 0; i < 8; i++)
        {
            await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, block), default);
        }

        await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, default), default);
        (string output, _, int? code) = await reading;
        Assert.Equal((8 << 20, 0), (output.Length, code));
    }

    [KernelFact]
    public async Task Without_open_standard_input_the_command_reads_end_of_file()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("cat; echo end");
        Assert.Equal("end\n", (await host.OutcomeAsync(id)).Output);
    }

    [KernelFact]
    public async Task Attaching_replays_what_was_written_and_goes_on_without_gap_or_repetition()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell(
            "seq 1 5000; read x; seq 5001 20000; read x; seq 20001 30000") with
        { OpenStandardInput = true });
        await using IProcessStreams first = await host.Processes.AttachAsync(id, default);
        await ShimHost.ReadUntilAsync(first, "\n5000\n");
        await using IProcessStreams second = await host.Processes.AttachAsync(id, default);
        await second.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);
        await ShimHost.ReadUntilAsync(first, "\n20000\n");
        await using IProcessStreams third = await host.Processes.AttachAsync(id, default);
        await first.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);

        string expected = string.Concat(Enumerable.Range(1, 30000).Select(number => $"{number}\n"));
        Assert.Equal((expected, "", 0), await ShimHost.ReadToEndAsync(second));
        Assert.Equal((expected, "", 0), await ShimHost.ReadToEndAsync(third));
        Assert.Equal((expected, "", 0), await host.OutcomeAsync(id)); // and after its end
    }

    [KernelFact]
    public async Task Log_keeps_lines_and_bytes_that_are_no_text()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("printf 'one\\ntw'; sleep 0.2; printf 'o\\n\\377\\000\\n'; printf last; echo e >&2");
        await host.WaitAsync(id);
        List<LogLine> lines = [];
        await foreach (LogLine line in host.Processes.ReadLogAsync(id, new LogQuery(), default))
        {
            lines.Add(line);
        }

        Assert.Equal(
            ["one\n", "two\n", "ÿ\0\n", "e\n", "last"],
            lines.Select(line => Encoding.Latin1.GetString(line.Bytes.Span)));
        Assert.Equal(StreamKind.StandardError, lines[3].Stream);
        Assert.All(lines, line => Assert.InRange(DateTimeOffset.UtcNow - line.Time, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    [KernelFact]
    public async Task Following_the_log_ends_with_the_command()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("echo a; read x; echo b") with { OpenStandardInput = true });
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        var lines = new List<string>();
        await foreach (LogLine line in host.Processes.ReadLogAsync(id, new LogQuery { Follow = true }, default))
        {
            lines.Add(Encoding.UTF8.GetString(line.Bytes.Span));
            if (lines.Count == 1)
            {
                await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);
            }
        }

        Assert.Equal(["a\n", "b\n"], lines);
    }

    [KernelFact]
    public async Task A_terminal_has_a_size_job_control_and_an_interrupt_key()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(
            ShimHost.Shell("set -m; read x; stty size; tty; ps -o tpgid= -p $$ | tr -d ' '; trap 'echo got; exit 3' INT; echo ready; " +
                "while :; do read x; done")
            with
            { Terminal = true, OpenStandardInput = true });
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await streams.WriteAsync(new StreamFrame(StreamKind.Resize, new byte[] { 0, 33, 0, 111 }), default);
        await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);
        string output = await ShimHost.ReadUntilAsync(streams, "ready");
        Assert.Contains("33 111\r\n", output, StringComparison.Ordinal);
        Assert.Contains("/dev/pts/", output, StringComparison.Ordinal);

        await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, new byte[] { 3 }), default);
        (string rest, _, int? code) = await ShimHost.ReadToEndAsync(streams);
        Assert.Equal(3, code);
        Assert.Contains("got", rest, StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_command_starts_again_and_attaching_shows_the_new_run_while_the_log_has_both()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("echo first");
        await host.WaitAsync(id);
        await host.Processes.StartAsync(new SandboxProcessSpec { Sandbox = id, Process = ShimHost.Shell("echo second") }, default);
        Assert.Equal("second\n", (await host.OutcomeAsync(id)).Output);
        await host.WaitAsync(id);
        Assert.Equal(["first\n", "second\n"], await LinesAsync(host, id));
        host.Processes.RemoveFiles(id);
        Assert.Null(await host.Processes.ReadStateAsync(id, default));
        Assert.Empty(Directory.GetFileSystemEntries(host.Shims));
        Assert.Empty(Directory.GetFileSystemEntries(host.Logs));
    }

    private static async Task<List<string>> LinesAsync(ShimHost host, SandboxId id)
    {
        var lines = new List<string>();
        await foreach (LogLine line in host.Processes.ReadLogAsync(id, new LogQuery(), default))
        {
            lines.Add(Encoding.UTF8.GetString(line.Bytes.Span));
        }

        return lines;
    }
}
