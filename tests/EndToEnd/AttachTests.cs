using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>attach</c>, and the keys by which a user leaves a command with a terminal, typed on a pseudo-terminal.</summary>
public sealed class AttachTests
{
    // An echo of what was typed holds the quotes; what the shell prints does not.
    private const string Sum = "echo su''m $((40 + 2))\n";

    [KernelFact]
    public void The_user_leaves_a_shell_by_keys_comes_back_to_it_and_ends_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using (Process run = Terminal.Start(host, "run -it --name c -e PS1=ready: sh"))
        {
            Terminal.Read(run, "ready:");
            Terminal.Type(run, "x=7; " + Sum);
            Terminal.Read(run, "sum 42");
            Terminal.Type(run, Terminal.Leave);
            Assert.Equal(0, Terminal.Ended(run));
        }

        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "c");
        Assert.True(Directory.Exists($"/proc/{process}"));
        using (Process attach = Terminal.Start(host, "attach --detach-keys ctrl-x,y c"))
        {
            Terminal.Type(attach, "echo x''is $x\n");
            Assert.DoesNotContain("sum 42", Terminal.Read(attach, "xis 7"), StringComparison.Ordinal); // what was there before is not shown
            Terminal.Type(attach, "\u0018y");
            Assert.Contains("read escape sequence", Terminal.Read(attach, "read escape sequence"), StringComparison.Ordinal);
            Assert.Equal(1, Terminal.Ended(attach));
        }

        using (Process attach = Terminal.Start(host, "attach c"))
        {
            Terminal.Type(attach, "exit 9\n");
            Assert.Equal(9, Terminal.Ended(attach));
        }

        Assert.Equal("exited 9", host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "c"));
    }

    [KernelFact]
    public void A_further_command_that_is_left_runs_on()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        string id = Path.Combine(host.Root, "id");
        using Process exec = Terminal.Start(host, $"exec -it c sh -c 'echo $$ >{id}; echo go; exec sleep 1001'");
        Terminal.Read(exec, "go");
        Terminal.Type(exec, Terminal.Leave);
        Terminal.Read(exec, "read escape sequence");
        Assert.Equal(1, Terminal.Ended(exec));
        Assert.Equal("sleep", host.Shell($"cat /proc/$(cat {id})/comm"));
    }

    [KernelFact]
    public void A_client_attaches_to_pipes_sees_what_is_written_from_then_on_and_gets_the_exit_code()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "-i", "--name", "c", "sh", "-c",
            "echo early; while read l; do echo got $l; echo err $l >&2; [ $l = end ] && exit 5; done");
        TestHost.Eventually("it has written", () => host.NetctlOk("logs", "c") == "early");

        // Two clients; the end of the input of one is not that of the command.
        using (Process first = host.Start(Netctl, "attach", "c"))
        {
            first.StandardInput.Write("one\n");
            first.StandardInput.Close();
            Assert.Equal("got one", first.StandardOutput.ReadLine());
            Assert.Equal("err one", first.StandardError.ReadLine());
            int before = ShimSockets(host, "c");
            using Process second = host.Start(Netctl, "attach", "--no-stdin", "c");
            TestHost.Eventually("it is attached", () => ShimSockets(host, "c") == before + 2);
            using Process third = host.Start(Netctl, "attach", "c");
            third.StandardInput.Write("end\n");
            third.StandardInput.Flush();
            foreach (Process client in (Process[])[first, second, third])
            {
                Assert.Equal("got end", client.StandardOutput.ReadLine());
                Assert.Equal(5, Terminal.Ended(client));
            }
        }

        AssertRefused(host, "cannot attach to a stopped container, start it first", "attach", "c");
    }

    [KernelFact]
    public void A_container_is_started_and_attached_to_in_one_and_its_exit_code_is_the_clients()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("create", "-i", "--name", "c", "sh", "-c", "read line; echo got $line; exit 7");
        using (Process client = host.Start(Netctl, "start", "-ai", "c"))
        {
            client.StandardInput.Write("one\n");
            Assert.Equal("got one", client.StandardOutput.ReadLine());
            Assert.Equal(7, Terminal.Ended(client));
        }

        host.NetctlOk("create", "--name", "lost", "no-such-program");
        host.NetctlOk("create", "--name", "barred", "/etc/hostname");
        Assert.Equal(127, host.Netctl("start", "-a", "lost").ExitCode);
        Assert.Equal(126, host.Netctl("start", "-a", "barred").ExitCode);
        Assert.Equal(1, host.Netctl("start", "lost").ExitCode);

        Output two = host.Netctl("start", "-a", "c", "d");
        Assert.Equal(1, two.ExitCode);
        Assert.Contains("cannot start and attach multiple containers at once", two.StandardError);
        Assert.Empty(host.NetctlOk("ps", "-q"));
    }

    [KernelFact]
    public void Signals_to_the_client_are_for_the_command_unless_it_is_told_otherwise()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", "trap 'echo asked; exit 3' TERM; while :; do echo tick; sleep 0.05; done");
        using (Process client = host.Start(Netctl, "attach", "--sig-proxy=false", "c"))
        {
            Assert.Equal("tick", client.StandardOutput.ReadLine());
            host.Shell($"kill -TERM {client.Id}");
            Assert.NotEqual(3, Terminal.Ended(client));
        }

        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "c"));
        using (Process client = host.Start(Netctl, "attach", "c"))
        {
            Assert.Equal("tick", client.StandardOutput.ReadLine());
            host.Shell($"kill -TERM {client.Id}");
            Assert.EndsWith("asked\n", client.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
            Assert.Equal(3, Terminal.Ended(client));
        }
    }

    [KernelFact]
    public void Keys_that_are_none_and_containers_that_cannot_be_attached_to_are_refused()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        AssertRefused(host, "Invalid detach keys (ctrl-p,no) provided", "attach", "--detach-keys", "ctrl-p,no", "c");
        AssertRefused(host, "Invalid detach keys (no) provided", "exec", "--detach-keys", "no", "c", "true");
        AssertRefused(host, "Invalid detach keys (no) provided", "run", "--detach-keys", "no", "true");
        host.NetctlOk("pause", "c");
        AssertRefused(host, "cannot attach to a paused container, unpause it first", "attach", "c");
        AssertRefused(host, "No such container: nobody", "attach", "nobody");
        Assert.Equal("c", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
    }

    private static string Netctl => Environment.GetEnvironmentVariable("NETCTL_BINARY")
        ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");

    // How many sockets the shim of a container, the parent of its command, has: two for each client that is attached, and others.
    private static int ShimSockets(TestHost host, string container)
    {
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", container);
        return int.Parse(
            host.Shell($"find /proc/$(ps -o ppid= -p {process} | tr -d ' ')/fd -lname 'socket:*' | wc -l"), CultureInfo.InvariantCulture);
    }

    private static void AssertRefused(TestHost host, string words, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.NotEqual(0, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }
}
