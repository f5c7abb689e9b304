using System.Diagnostics;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's clients start, stop, hold up, rename, wait for and remove containers that netctl has made.</summary>
public sealed class LifecycleVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void A_container_is_stopped_started_restarted_and_killed(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "web", "sh", "-c", "trap 'exit 4' TERM; trap 'exit 5' USR1; while :; do sleep 0.05; done");

        // proc_pid_status(5): a mask of the signals that it catches, here of SIGUSR1 (10) and SIGTERM (15).
        string caught = $"0x$(sed -n 's/SigCgt:[[:space:]]*//p' /proc/{Pid(host)}/status)";
        TestHost.Eventually("its traps are set", () => host.Shell($"echo $(({caught} & 0x4200))") == "16896");

        Assert.Equal("web", docker.Ok("stop", "web"));
        Assert.Equal("exited 4", State(host));
        Assert.Equal("web", docker.Ok("stop", "-t", "1", "web")); // stopped already: 304
        Assert.Equal("web", docker.Ok("start", "web"));
        Assert.Equal("sh", host.Shell($"cat /proc/{Pid(host)}/comm"));
        Assert.Equal("web", docker.Ok("start", "web"));
        string before = Pid(host);
        Assert.Equal("web", docker.Ok("restart", "-t", "0", "web"));
        Assert.NotEqual(before, Pid(host));
        Assert.Equal("web", docker.Ok("kill", "-s", "KILL", "web"));
        TestHost.Eventually("it has ended", () => State(host) == "exited 137");
        docker.Refused("is not running", "kill", "web");
        docker.Refused("NONSENSE", "kill", "-s", "NONSENSE", "web");
        docker.Refused("No such container: nobody", "stop", "nobody");
        docker.Refused("No such container: nobody", "start", "nobody");
    }

    [DockerTheory]
    [InstalledClients]
    public void A_container_is_paused_renamed_waited_for_and_removed(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        string id = host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");

        docker.Ok("pause", "web");
        Assert.Equal("paused", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "web"));
        docker.Refused("already paused", "pause", "web");
        docker.Refused("paused", "exec", "web", "true");
        docker.Ok("unpause", "web");
        docker.Refused("not paused", "unpause", "web");
        docker.Ok("rename", "web", "app");
        Assert.Equal(id, host.NetctlOk("inspect", "-f", "{{.Id}}", "app"));

        using (Process wait = docker.Start("wait", "app"))
        {
            TestHost.Eventually("it waits", () => host.Shell($"ss -xH src {host.Socket} | wc -l") != "0");
            docker.Ok("kill", "app");
            Assert.Equal("137", wait.StandardOutput.ReadLine());
            Assert.Equal(0, Terminal.Ended(wait));
        }

        Assert.Equal("137", docker.Ok("wait", "app"));
        Assert.Equal("app", docker.Ok("rm", "-v", "app"));
        Assert.Empty(host.NetctlOk("ps", "-aq"));
        docker.Refused("No such container", "rm", "app");
        docker.Refused("No such container", "wait", "app");
    }

    [DockerTheory]
    [InstalledClients]
    public void A_running_container_is_removed_only_by_force_and_a_link_by_its_name(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "db", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "web", "--link", "db:data", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");

        docker.Refused("container is running", "rm", "web");
        Assert.Equal("sleep", host.Shell($"cat /proc/{process}/comm"));
        Assert.Equal("web/data", docker.Ok("rm", "-l", "web/data"));
        Assert.Equal("null", host.NetctlOk("inspect", "-f", "{{json .HostConfig.Links}}", "web"));
        Assert.Equal("web\ndb", docker.Ok("rm", "-f", "web", "db"));
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Empty(host.NetctlOk("ps", "-aq"));
    }

    [DockerTheory]
    [InstalledClients]
    public void A_restart_policy_is_updated_and_limits_are_refused(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "web", "sh", "-c", "sleep 1000");

        docker.Ok("update", "--restart", "on-failure:3", "web");
        Assert.Equal("on-failure 3", host.NetctlOk(
            "inspect", "-f", "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}", "web"));
        docker.Refused("Memory is not supported by netctl", "update", "--memory", "64m", "--memory-swap", "-1", "web");
        docker.Refused("is not supported by netctl", "update", "--cpus", "1", "--restart", "always", "web");
        Assert.Equal("on-failure", host.NetctlOk("inspect", "-f", "{{.HostConfig.RestartPolicy.Name}}", "web"));
    }

    private static string Pid(TestHost host) => host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");

    private static string State(TestHost host) => host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "web");
}
