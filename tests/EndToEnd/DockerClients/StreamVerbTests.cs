using System.Diagnostics;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's clients on the streams of commands: <c>start -a</c>, <c>attach</c>, <c>exec</c> and <c>logs</c>, by pipes.</summary>
public sealed class StreamVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void A_container_is_started_in_the_foreground_with_its_input_output_and_exit_code(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("create", "-i", "--name", "app", "sh", "-c", "cat; echo done >&2; exit 7");

        // The end of the client's input is that of the command, whose output comes after it.
        using (Process start = docker.Start("start", "-ai", "app"))
        {
            start.StandardInput.Write("one\ntwo");
            start.StandardInput.Close();
            Assert.Equal("one\ntwo", start.StandardOutput.ReadToEnd());
            Assert.Equal("done\n", start.StandardError.ReadToEnd());
            Assert.Equal(7, Terminal.Ended(start));
        }

        // Of a command that ends at once, nothing is missed.
        host.NetctlOk("create", "--name", "short", "sh", "-c", "echo out; echo err >&2; exit 3");
        Output output = docker.Run("start", "-a", "short");
        Assert.Equal((3, "out\n", "err\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
        host.NetctlOk("create", "--name", "nothing", "/no/such/program");
        Output failed = docker.Run("start", "-a", "nothing");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("/no/such/program", failed.StandardError, StringComparison.Ordinal);
    }

    [DockerTheory]
    [InstalledClients]
    public void Clients_attach_to_a_command_that_runs(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "-i", "--name", "app", "sh", "-c",
            "while read line; do echo got $line; echo err $line >&2; [ $line = end ] && exit 5; done");

        // The end of the input of one client is not that of the command.
        using Process first = docker.Start("attach", "app");
        first.StandardInput.Write("one\n");
        first.StandardInput.Close();
        Assert.Equal("got one", first.StandardOutput.ReadLine());
        Assert.Equal("err one", first.StandardError.ReadLine());
        using Process second = docker.Start("attach", "--sig-proxy=false", "app");
        second.StandardInput.Write("two\n");
        second.StandardInput.Flush();
        Assert.Equal("got two", second.StandardOutput.ReadLine());
        Assert.Equal("got two", first.StandardOutput.ReadLine());
        second.StandardInput.Write("end\n");
        second.StandardInput.Flush();
        Assert.Equal("got end", second.StandardOutput.ReadLine());
        Assert.Equal("got end", first.StandardOutput.ReadLine());
        Assert.Equal((5, 5), (Terminal.Ended(first), Terminal.Ended(second)));
        docker.Refused("cannot attach to a stopped container", "attach", "app");
    }

    [DockerTheory]
    [InstalledClients]
    public void Signals_to_the_client_are_for_the_command(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "app", "sh", "-c", "trap 'echo asked; exit 3' TERM; while :; do echo tick; sleep 0.05; done");
        using Process attach = docker.Start("attach", "--no-stdin", "app");
        Assert.Equal("tick", attach.StandardOutput.ReadLine());
        host.Shell($"kill -TERM {attach.Id}");
        Assert.EndsWith("asked\n", attach.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(3, Terminal.Ended(attach));
    }

    [DockerTheory]
    [InstalledClients]
    public void Further_commands_have_input_output_environment_user_and_exit_code(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "app", "-e", "A=1", "sleep", "1000");

        Output output = docker.Run("exec", "app", "sh", "-c", "echo out; echo err >&2; exit 9");
        Assert.Equal((9, "out\n", "err\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
        Assert.Equal("1 2 /tmp daemon", docker.Ok(
            "exec", "-e", "B=2", "-u", "daemon", "-w", "/tmp", "--privileged", "app", "sh", "-c", "echo $A $B $(pwd) $(id -un)"));
        using (Process exec = docker.Start("exec", "-i", "app", "cat"))
        {
            exec.StandardInput.Write("through");
            exec.StandardInput.Close();
            Assert.Equal("through", exec.StandardOutput.ReadToEnd());
            Assert.Equal(0, Terminal.Ended(exec));
        }

        string file = Path.Combine(host.Root, "detached");
        docker.Ok("exec", "-d", "app", "sh", "-c", $"echo $$ >{file}; exec sleep 1001");
        TestHost.Eventually("it runs", () => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'));
        TestHost.Eventually("it sleeps", () => host.Shell($"cat /proc/$(cat {file})/comm") == "sleep");
        Assert.Equal(64, host.NetctlOk("inspect", "-f", "{{index .ExecIDs 0}}", "app").Length);

        Output unknown = docker.Run("exec", "app", "/no/such/program");
        Assert.Equal(127, unknown.ExitCode);
        Assert.Contains("/no/such/program", unknown.StandardOutput + unknown.StandardError, StringComparison.Ordinal);
        Output barred = docker.Run("exec", "app", "/etc/passwd");
        Assert.Equal(126, barred.ExitCode);
        Assert.NotEqual(0, docker.Run("exec", "-d", "app", "/no/such/program").ExitCode);
        docker.Refused("No such container: nobody", "exec", "nobody", "true");
        host.NetctlOk("stop", "-t", "0", "app");
        docker.Refused("is not running", "exec", "app", "true");
    }

    [DockerTheory]
    [InstalledClients]
    public void Much_output_arrives_whole_and_a_client_that_ends_leaves_the_command_running(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "app", "sleep", "1000");
        Assert.Equal("4000000", host.Shell(
            $"{client} --config {host.Root}/docker -H unix://{host.Socket} exec app head -c 4000000 /dev/zero | wc -c"));
        Assert.Equal("4000000", host.Shell(
            $"head -c 4000000 /dev/zero | {client} --config {host.Root}/docker -H unix://{host.Socket} exec -i app cat | wc -c"));

        string file = Path.Combine(host.Root, "id");
        using Process exec = docker.Start("exec", "app", "sh", "-c", $"echo $$ >{file}; echo go; exec sleep 1001");
        Assert.Equal("go", exec.StandardOutput.ReadLine());
        exec.Kill(entireProcessTree: true);
        exec.WaitForExit();
        TestHost.Eventually("the connection is closed", () => host.Shell($"ss -xH src {host.Socket} | grep -c ESTAB || true") == "0");
        Assert.Equal("sleep", host.Shell($"cat /proc/$(cat {file})/comm"));
    }

    [DockerTheory]
    [InstalledClients]
    public void Logs_are_selected_followed_and_timed(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "--name", "done", "sh", "-c", "echo one; echo two; echo three >&2");
        Output logs = docker.Run("logs", "done");
        Assert.Equal(("one\ntwo\n", "three\n"), (logs.StandardOutput, logs.StandardError));
        Assert.Equal(("", "three\n"), Streams(docker.Run("logs", "--tail", "1", "done")));
        Assert.Equal(("", ""), Streams(docker.Run("logs", "-n", "0", "done")));
        Assert.Equal(("", ""), Streams(docker.Run("logs", "--until", "1h", "done")));
        Assert.Equal("one\ntwo", docker.Ok("logs", "--since", "1h", "--details", "done").Replace(" ", "", StringComparison.Ordinal));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z one\n", docker.Ok("logs", "-t", "done"));
        docker.Refused("No such container: nobody", "logs", "nobody");

        host.NetctlOk("run", "-d", "-i", "--name", "app", "cat");
        using Process follow = docker.Start("logs", "-f", "app");
        using Process attach = docker.Start("attach", "app");
        attach.StandardInput.Write("later\n");
        attach.StandardInput.Flush();
        Assert.Equal("later", follow.StandardOutput.ReadLine());
        host.NetctlOk("stop", "-t", "0", "app");
        Assert.Equal("", follow.StandardOutput.ReadToEnd());
        Assert.Equal(0, Terminal.Ended(follow));

        static (string, string) Streams(Output output) => (output.StandardOutput, output.StandardError);
    }
}
