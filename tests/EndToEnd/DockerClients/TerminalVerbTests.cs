using System.Diagnostics;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's clients on a terminal: <c>start -ai</c>, <c>attach</c>, <c>exec -it</c> and the keys by which a user leaves.</summary>
public sealed class TerminalVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void A_shell_is_started_left_by_keys_come_back_to_and_ended(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("create", "-it", "--name", "app", "-e", "PS1=ready:", "sh");

        using (Process start = docker.StartOnTerminal("start -ai app"))
        {
            Terminal.Read(start, "ready:");
            Terminal.Type(start, "x=7; stty size; echo su''m $((40 + 2))\n");
            Terminal.Read(start, "sum 42");
            Terminal.Type(start, Terminal.Leave);
            Terminal.Ended(start);
        }

        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "app"));
        using (Process attach = docker.StartOnTerminal("attach --detach-keys ctrl-x,y app"))
        {
            Terminal.Type(attach, "echo x''is $x; stty size\n");
            Assert.Contains("33 77", Terminal.Read(attach, "33 77"), StringComparison.Ordinal);
            Terminal.Type(attach, "\u0018y");
            Terminal.Read(attach, "read escape sequence");
            Terminal.Ended(attach);
        }

        using (Process attach = docker.StartOnTerminal("attach app"))
        {
            Terminal.Type(attach, "exit 9\n");
            Assert.Equal(9, Terminal.Ended(attach));
        }

        Assert.Equal("exited 9", host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "app"));
        Assert.Contains("sum 42", docker.Ok("logs", "app"), StringComparison.Ordinal); // the bytes of a terminal, not frames
        Assert.DoesNotContain("\0", docker.Ok("logs", "app"), StringComparison.Ordinal);
    }

    [DockerTheory]
    [InstalledClients]
    public void A_further_shell_has_the_size_of_the_terminal_and_is_left_running(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "app", "sleep", "1000");
        string file = Path.Combine(host.Root, "id");
        using (Process exec = docker.StartOnTerminal($"exec -it -e PS1=ready: app sh -c 'echo $$ >{file}; exec sh'"))
        {
            Terminal.Read(exec, "ready:");
            TestHost.Eventually("the size is told", () =>
            {
                Terminal.Type(exec, "stty size; echo e''nd\n");
                return Terminal.Read(exec, "end\r\n").Contains("33 77", StringComparison.Ordinal);
            });
            Terminal.Type(exec, Terminal.Leave);
            Terminal.Read(exec, "read escape sequence");
            Terminal.Ended(exec);
        }

        Assert.Equal("sh", host.Shell($"cat /proc/$(cat {file})/comm"));
        using Process second = docker.StartOnTerminal("exec -it app sh -c 'exit 6'");
        Assert.Equal(6, Terminal.Ended(second));
    }
}
