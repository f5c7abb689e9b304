using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>A lab is started, solved and stopped by a learner; however it ends, nothing of it is left.</summary>
public sealed class LabLifeTests
{
    private const string Pair =
        """
        x-netlab:
          question: Does two answer?
          hosts: {one: {}, two: {daemon: false}}
          links: {lan: {mtu: 1400, hosts: {one: [192.0.2.1/24, "2001:db8::1/64"], two: [192.0.2.2/24, "2001:db8::2/64"]}}}
          steps:
            - task: Make a network
              run: netctl network create shop
              check: {run: ip -br link show type bridge, prints: br-}
              hints: [First hint, Second hint]
            - look: Two answers
              run: [ping -c 1 -w 10 two, ping -6 -c 1 -w 10 two]
            - task: Write a file
              run: touch /var/done
              check: test -e /var/done
              hints: Third hint

        """;

    [KernelFact]
    public void A_learner_is_checked_helped_and_shown_a_way()
    {
        using LabMachine machine = LabMachine.Create();
        string started = machine.LabOk("start", machine.Write("pair", Pair));
        Assert.Contains("netctl lab shell one", started, StringComparison.Ordinal);
        CommandResult open = machine.Lab("check");
        Assert.Equal((1, "open    Make a network\nopen    Write a file\n"), (open.ExitCode, open.Output));
        Assert.Contains("First hint\n(one more hint)", machine.LabOk("hint"), StringComparison.Ordinal);
        Assert.Contains("Second hint", machine.LabOk("hint"), StringComparison.Ordinal);
        string last = machine.LabOk("hint");
        Assert.Contains("There is no further hint", last, StringComparison.Ordinal);
        Assert.DoesNotContain("network create", last, StringComparison.Ordinal);

        Assert.Equal("Make a network\none# netctl network create shop\n", machine.LabOk("solve", "--show"));
        Assert.Equal(1, machine.Lab("check").ExitCode);
        machine.LabOk("shell", "one", "netctl", "network", "create", "mine");
        Assert.Equal("solved  Make a network\nopen    Write a file\n", machine.Lab("check").Output);

        // What was solved stays solved, though a later task may undo it.
        machine.LabOk("shell", "one", "netctl", "network", "rm", "mine");
        Assert.Equal("solved  Make a network\nopen    Write a file\n", machine.Lab("check").Output);
        Assert.Contains("Third hint", machine.LabOk("hint"), StringComparison.Ordinal);
        machine.LabOk("solve");
        Assert.Equal("solved  Make a network\nsolved  Write a file\n", machine.LabOk("check"));
        Assert.False(File.Exists("/var/done"));
        machine.LabOk("stop");
        machine.IsAsBefore();
        Assert.Contains("no lab is up", machine.Lab("check").Error, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Hosts_are_joined_as_the_file_says_and_are_their_own()
    {
        using LabMachine machine = LabMachine.Create();
        machine.LabOk("start", machine.Write("pair", Pair));
        Assert.Equal("one\n", machine.LabOk("shell", "one", "hostname"));
        string addresses = machine.LabOk("shell", "one", "ip", "-br", "address", "show", "lan");
        Assert.Contains("192.0.2.1/24 2001:db8::1/64", addresses, StringComparison.Ordinal);
        Assert.Contains("mtu 1400", machine.LabOk("shell", "two", "ip", "link", "show", "lan"), StringComparison.Ordinal);
        machine.LabOk("shell", "two", "ping", "-c", "1", "-w", "10", "one");
        machine.LabOk("shell", "one", "sh", "-c", "echo x >/etc/of-one; echo y >/tmp/of-one");
        Assert.NotEqual(0, machine.Lab("shell", "two", "test", "-e", "/etc/of-one").ExitCode);
        Assert.False(File.Exists("/etc/of-one") || File.Exists("/tmp/of-one"));
        Assert.Equal(3, machine.Lab("shell", "two", "sh", "-c", "exit 3").ExitCode);
        Assert.Equal(127, machine.Lab("shell", "two", "no-such-program").ExitCode);
        Assert.Equal(126, machine.Lab("shell", "two", Path.Combine(machine.Root, "pair", "lab.yml")).ExitCode);
        CommandResult unknown = machine.Lab("shell", "tow");
        Assert.Contains("there is no host \"tow\" in the lab pair; did you mean \"two\"?", unknown.Error, StringComparison.Ordinal);
        Assert.Equal("1", machine.LabOk("shell", "two", "sh", "-c", "ls -d /proc/[0-9]* | grep -cx /proc/1").Trim());
        Assert.Equal(3, machine.Groups().Count);
        machine.LabOk("stop");
        machine.IsAsBefore();
    }

    [KernelFact]
    public void Two_labs_are_up_at_once_and_one_of_a_name()
    {
        using LabMachine machine = LabMachine.Create();
        string first = machine.Write("first", Pair);
        machine.LabOk("start", first);
        machine.LabOk("start", machine.Write("second", Pair));
        CommandResult which = machine.Lab("check");
        Assert.Equal(1, which.ExitCode);
        Assert.Contains("2 labs are up, first, second: say which one with --lab NAME", which.Error, StringComparison.Ordinal);
        machine.LabOk("solve", "--lab", "second");
        Assert.StartsWith("open ", machine.Lab("check", "--lab", "first").Output, StringComparison.Ordinal);
        Assert.Contains("the lab first is up already", machine.Lab("start", first).Error, StringComparison.Ordinal);
        Assert.StartsWith("open ", machine.Lab("check", "--lab", "first").Output, StringComparison.Ordinal);
        Assert.Equal("first\nsecond\n", machine.LabOk("stop", "--all"));
        machine.IsAsBefore();
    }

    [KernelFact]
    public void A_folder_with_a_slash_at_its_end_is_the_same_lab()
    {
        using LabMachine machine = LabMachine.Create();
        machine.LabOk("start", machine.Write("first", Pair));
        string second = machine.Write("second", Pair) + "/";
        Assert.Contains("ok      second: 3 steps", machine.LabOk("run", second), StringComparison.Ordinal);
        Assert.StartsWith("open ", machine.Lab("check").Output, StringComparison.Ordinal);
        machine.LabOk("start", second);
        Assert.Equal("second\n", machine.LabOk("stop", second));
        Assert.Equal("first\n", machine.LabOk("stop"));
        machine.IsAsBefore();
    }

    [KernelFact]
    public void Hosts_hold_nothing_of_whoever_has_started_them()
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write("pair", Pair);
        CommandResult started = machine.Run(
            "sh", "-c", $"cd {folder} && (flock 9 && {LabMachine.Binary} lab start . >/dev/null) 9>lock");
        Assert.True(started.ExitCode == 0, $"{started}");
        Assert.Equal(0, machine.Run("flock", "--nonblock", Path.Combine(folder, "lock"), "true").ExitCode);
    }

    [KernelFact]
    public void What_is_not_as_expected_is_told_and_nothing_is_left()
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write("wrong", Pair.Replace("prints: br-", "prints: br0, within: 100ms", StringComparison.Ordinal));
        CommandResult failed = machine.Lab("run", folder);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("FAILED at the step \"Make a network\" (", failed.Output, StringComparison.Ordinal);
        Assert.Contains("lab.yml:8: one# ip -br link show type bridge", failed.Output, StringComparison.Ordinal);
        Assert.Contains("different  no match of /br0/ in the output", failed.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"netctl lab run --keep {folder}; netctl lab shell --lab wrong one; netctl lab stop wrong",
            failed.Output,
            StringComparison.Ordinal);
        machine.IsAsBefore();

        CommandResult kept = machine.Lab("run", "--keep", folder);
        Assert.Equal(1, kept.ExitCode);
        Assert.Contains("to look    netctl lab shell --lab wrong one; netctl lab stop wrong", kept.Output, StringComparison.Ordinal);
        Assert.Contains("br-", machine.LabOk("shell", "one", "ip", "-br", "link", "show", "type", "bridge"), StringComparison.Ordinal);
        machine.LabOk("stop", "wrong");
        machine.IsAsBefore();
    }

    [KernelFact]
    public void A_task_whose_checks_pass_before_it_is_done_is_refused()
    {
        using LabMachine machine = LabMachine.Create();
        CommandResult refused = machine.Lab(
            "run", machine.Write("empty", "x-netlab: {question: Why?, hosts: {a: {}}, steps: [{task: A, run: x, check: true, hints: b}]}"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("all checks of the task pass before anything was done for it", refused.Output, StringComparison.Ordinal);
        machine.IsAsBefore();
    }

    [KernelTheory]
    [InlineData("INT", "run", "setup: sleep 100")]
    [InlineData("TERM", "start", "setup: sleep 100")]
    [InlineData("INT", "run", "")]
    public void A_signal_ends_it_and_cleans_up(string signal, string verb, string host)
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write(
            "long", $"x-netlab: {{question: Why?, hosts: {{a: {{{host}}}}}, steps: [{{look: A, run: sleep 100}}]}}");
        using Process lab = machine.Start(verb, folder);
        AwaitCommand(machine, "long");
        Command.Run("kill", $"-{signal}", $"{lab.Id}");
        Assert.True(lab.WaitForExit(60_000), "it does not end");
        Assert.Equal(130, lab.ExitCode);
        machine.IsAsBefore();
    }

    // A host whose process 1 was killed ends with the last of its processes, and the command of its setup need not be the last: here one
    // that is traced is held at the point of its death (ptrace(2), PTRACE_O_TRACEEXIT) until it may go on.
    [KernelTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_lab_that_is_ended_while_it_comes_up_says_so(bool diesSlowly)
    {
        const string Hold =
            """
            import ctypes, sys
            if ctypes.CDLL(None).ptrace(0x4206, int(sys.argv[1]), None, ctypes.c_void_p(0x40)): sys.exit("cannot be traced")
            print("traced", flush=True); sys.stdin.read()
            """;
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write(
            "long", "x-netlab: {question: Why?, hosts: {a: {setup: [sleep 2000 & true, sleep 100]}}, steps: [{look: A, run: sleep 100}]}");
        using Process lab = machine.Start("start", folder);
        AwaitCommand(machine, "long");
        using Process stop = diesSlowly ? StopHeld() : machine.Start("stop", "long");
        Assert.True(lab.WaitForExit(60_000) && stop.WaitForExit(60_000), "it does not end");
        Assert.Matches(@"^netctl: the lab long was ended while it came up \(.*\): start it again\n$", lab.StandardError.ReadToEnd());
        machine.IsAsBefore();

        Process StopHeld()
        {
            int held = machine.ProcessOf("sleep 2000");
            using Process tracer = Process.Start(new ProcessStartInfo("python3", ["-c", Hold, $"{held}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            Assert.Equal("traced", tracer.StandardOutput.ReadLine());
            int command = machine.ProcessOf("sleep 100");
            Process ending = machine.Start("stop", "long");
            TestHost.Eventually("the command has been killed", () => !Directory.Exists($"/proc/{command}"));
            Assert.True(Directory.Exists($"/proc/{held}"), "it does not die slowly");
            tracer.StandardInput.Close();
            tracer.WaitForExit();
            return ending;
        }
    }

    [KernelFact]
    public void A_lab_whose_program_was_killed_is_listed_and_can_be_stopped()
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write(
            "long", "x-netlab: {question: Why?, hosts: {a: {setup: sleep 100}, b: {}}, steps: [{look: A, run: sleep 100}]}");
        using Process lab = machine.Start("run", folder);
        AwaitCommand(machine, "long");
        lab.Kill();
        lab.WaitForExit();
        Assert.Contains("coming up", machine.LabOk("list"), StringComparison.Ordinal);
        Assert.Contains("the lab long is coming up, or has been cut off", machine.Lab("check").Error, StringComparison.Ordinal);
        Assert.Contains("the lab long is up already", machine.Lab("start", folder).Error, StringComparison.Ordinal);
        machine.LabOk("stop", "long");
        machine.IsAsBefore();
    }

    [KernelTheory]
    [InlineData("x-netlab: {question: W?, hosts: {a: {}}, needs: {no-such-program: nsp}, steps: [{look: A, run: x}]}",
        "no-such-program is not on this machine: install it with \"apt-get install nsp\"")]
    [InlineData("x-netlab: {question: W?, hosts: {a: {daemon: [--no-such-option]}}, steps: [{look: A, run: x}]}",
        "the daemon of the host a does not start: ")]
    [InlineData("x-netlab: {question: W?, hosts: {a: {setup: 'echo no; false'}}, steps: [{look: A, run: x}]}",
        "setup: echo no; false on a: exit code 1 instead of 0: no")]
    [InlineData("x-netlab: {question: W?, hosts: {a: {routes: {default: 192.0.2.9}}}, steps: [{look: A, run: x}]}",
        "fails on the host a: ")]
    public void A_lab_that_does_not_come_up_says_why_and_leaves_nothing(string text, string message)
    {
        using LabMachine machine = LabMachine.Create();
        CommandResult failed = machine.Lab("start", machine.Write("down", text));
        Assert.Equal((1, 1), (failed.ExitCode, failed.Error.TrimEnd('\n').Split('\n').Length));
        Assert.Contains(message, failed.Error, StringComparison.Ordinal);
        machine.IsAsBefore();
    }

    [KernelFact]
    public void A_state_that_cannot_be_read_keeps_no_lab_from_being_ended()
    {
        using LabMachine machine = LabMachine.Create();
        machine.LabOk("start", machine.Write("pair", Pair));
        machine.LabOk("start", machine.Write("other", Pair));
        Assert.Equal(6, machine.Groups().Count);
        machine.Run("sh", "-c", "echo '{}' >/run/netlab/pair/state.json");
        Assert.Contains("coming up", machine.LabOk("list"), StringComparison.Ordinal);
        Assert.Equal("other\npair\n", machine.LabOk("stop", "--all"));
        machine.IsAsBefore();
    }

    [KernelFact]
    public void Programs_of_the_working_directory_are_not_run()
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write("pair", Pair);
        foreach (string program in new[] { "sh", "nsenter", "unshare", "ip" })
        {
            File.WriteAllText(Path.Combine(folder, program), $"#!/bin/sh\ntouch {folder}/bad\n");
            File.SetUnixFileMode(Path.Combine(folder, program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        CommandResult run = machine.Run("sh", "-c", $"cd {folder} && exec {LabMachine.Binary} lab run .");
        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.False(File.Exists(Path.Combine(folder, "bad")));
    }

    [KernelFact]
    public void On_a_terminal_there_are_bars_tables_and_trees()
    {
        using LabMachine machine = LabMachine.Create();
        string folder = machine.Write("pair", Pair);
        string both = machine.OnTerminal("lab", "run", folder, machine.Write("other", Pair));
        Assert.Contains("ok      pair: 3 steps", both, StringComparison.Ordinal);
        Assert.Contains("all labs", both, StringComparison.Ordinal);
        machine.LabOk("start", folder);
        Assert.Contains("pair: Does two answer?", machine.OnTerminal("lab", "check"), StringComparison.Ordinal);
        Assert.Contains("QUESTION", machine.OnTerminal("lab", "list"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Several_labs_are_told_in_a_line_each()
    {
        using LabMachine machine = LabMachine.Create();
        string bad = machine.Write("bad", "x-netlab: {question: W?, hosts: {a: {}}, steps: [{look: A, run: 'false'}]}");
        CommandResult both = machine.Lab("run", machine.Write("good", Pair), bad);
        Assert.Equal(1, both.ExitCode);
        Assert.StartsWith("ok      good: 3 steps, ", both.Output, StringComparison.Ordinal);
        Assert.Contains("\nFAILED  bad\n", both.Output, StringComparison.Ordinal);
        machine.IsAsBefore();
    }

    // A command of the lab has begun: its output has a file on its host.
    private static void AwaitCommand(LabMachine machine, string lab) => TestHost.Eventually(
        "the lab is at work",
        () => machine.Run(
            "sh",
            "-c",
            $"""
            for id in $(grep -o '"ProcessId": [0-9]*' /run/netlab/{lab}/state.json | grep -o '[0-9]*$'); do
              ls /proc/$id/root/run/.host/output.* && exit
            done
            exit 1
            """).ExitCode == 0);
}
