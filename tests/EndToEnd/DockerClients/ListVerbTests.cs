using System.Diagnostics;
using System.Text.Json;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's clients look: <c>ps</c>, <c>top</c>, <c>stats</c>, <c>port</c>, <c>inspect</c>, <c>events</c>, <c>info</c> and
/// <c>version</c>.</summary>
public sealed class ListVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void Containers_are_listed_by_every_filter_and_format(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("network", "create", "--subnet", "10.71.0.0/24", "front");
        string web = host.NetctlOk(
            "run", "-d", "--name", "web", "--label", "tier=front", "--network", "front", "-p", "127.0.0.1:8080:80", "--expose", "81",
            "sleep", "1000");
        Assert.Equal(3, host.Netctl("run", "--name", "done", "sh", "-c", "exit 3").ExitCode);
        host.NetctlOk("create", "--name", "made", "true");

        Assert.Equal("web", Names());
        Assert.Equal("made done web", Names("-a"));
        Assert.Equal("made", Names("-l"));
        Assert.Equal("made done", Names("-n", "2"));
        Assert.Equal(web, docker.Ok("ps", "-q", "--no-trunc"));
        Assert.Equal(web[..12], docker.Ok("ps", "-q"));
        foreach ((string filter, string expected) in new[]
        {
            ("name=^we", "web"), ($"id={web[..8]}", "web"), ("label=tier=front", "web"), ("label=tier=back", ""), ("network=front", "web"),
            ("status=exited", "done"), ("status=created", "made"), ("exited=3", "done"), ("exited=0", ""), ("publish=8080", "web"),
            ("expose=81/tcp", "web"), ("health=none", "made done web"), ("is-task=false", "made done web"), ("is-task=true", ""),
            ("volume=v", ""), ("before=done", "web"), ("since=done", "made"), ("since=web", "made done"),
        })
        {
            Assert.Equal((filter, expected), (filter, Names("-a", "-f", filter)));
        }

        const string Columns = "{{.Command}}|{{.Ports}}|{{.Networks}}|{{.Label \"tier\"}}|{{.State}}|{{slice .Size 0 2}}";
        Assert.Equal(
            "\"sleep 1000\"|81/tcp, 127.0.0.1:8080->80/tcp|front|front|running|0B",
            docker.Ok("ps", "--no-trunc", "-s", "--format", Columns));
        using var document = JsonDocument.Parse(docker.Ok("ps", "--format", "{{json .}}"));
        Assert.Equal("web", document.RootElement.GetProperty("Names").GetString());
        docker.Refused("invalid filter 'nonsense'", "ps", "-f", "nonsense=1");
        docker.Refused("invalid filter 'status=nonsense'", "ps", "-f", "status=nonsense");

        string Names(params string[] flags) => docker.Ok(["ps", "--format", "{{.Names}}", .. flags]).Replace('\n', ' ');
    }

    [DockerTheory]
    [InstalledClients]
    public void Processes_usage_ports_and_settings_are_shown(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        string id = host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "-p", "127.0.0.1:53:53/udp", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");

        Assert.Contains($" {process} ", docker.Ok("top", "web"), StringComparison.Ordinal);
        Assert.Equal($"PID COMMAND {process} sleep", string.Join(' ', docker.Ok("top", "web", "-o", "pid,comm")
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
        Assert.Matches(@"^web\|1\|[0-9.]+%$", docker.Ok("stats", "--no-stream", "--format", "{{.Name}}|{{.PIDs}}|{{.CPUPerc}}"));
        Assert.Equal(id, docker.Ok("stats", "--no-stream", "--no-trunc", "--all", "--format", "{{.ID}}"));
        using (Process stats = docker.Start("stats", "--format", "{{.Name}}", "web"))
        {
            Assert.Contains("web", stats.StandardOutput.ReadLine() + stats.StandardOutput.ReadLine(), StringComparison.Ordinal);
            stats.Kill(entireProcessTree: true);
        }

        Assert.Contains("0.0.0.0:8080", docker.Ok("port", "web", "80/tcp"), StringComparison.Ordinal);
        Assert.Contains("53/udp -> 127.0.0.1:53", docker.Ok("port", "web"), StringComparison.Ordinal);
        docker.Refused("81", "port", "web", "81");
        Assert.Equal(id, docker.Ok("inspect", "--type", "container", "-f", "{{.Id}}", "web"));
        Assert.Equal("0", docker.Ok("inspect", "-s", "-f", "{{.SizeRw}}", "web"));
        Assert.Equal(process, docker.Ok("container", "inspect", "-f", "{{.State.Pid}}", "web"));
        docker.Refused("No such container: nobody", "container", "inspect", "nobody");
        docker.Refused("not supported by netctl", "inspect", "--type", "image", "web");
    }

    [DockerTheory]
    [InstalledClients]
    public void Events_are_selected_and_followed(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        string since = host.Shell("date +%s");
        host.NetctlOk("network", "create", "front");
        string id = host.NetctlOk("run", "-d", "--name", "web", "--label", "tier=front", "--network", "front", "sleep", "1000");
        docker.Ok("exec", "web", "true");
        host.NetctlOk("rm", "-f", "web");
        string until = host.Shell("echo $(($(date +%s) + 1))"); // the client knows whole seconds only
        Assert.Equal(
            "create start exec_create: true  exec_start: true  exec_die kill die destroy", Actions("type=container", "container=web"));
        Assert.Equal("create connect disconnect", Actions("type=network", "network=front"));
        Assert.Equal("create", Actions("event=create", "label=tier=front"));
        Assert.Equal("", Actions("image=x"));
        Assert.Equal("create", Actions("scope=local", "type=container", "event=create"));
        using var event1 = JsonDocument.Parse(docker.Ok(
            "events", "--since", since, "--until", until, "-f", "event=die", "--format", "{{json .}}"));
        Assert.Equal(id, event1.RootElement.GetProperty("Actor").GetProperty("ID").GetString());
        Assert.Equal("137", event1.RootElement.GetProperty("Actor").GetProperty("Attributes").GetProperty("exitCode").GetString());

        using Process follow = docker.Start("events", "-f", "event=create", "--format", "{{.Type}} {{.Actor.Attributes.name}}");
        int made = 0;
        Task<string?> line = follow.StandardOutput.ReadLineAsync();
        TestHost.Eventually("it follows", () => host.NetctlOk("network", "create", $"n{made++}") != "" && line.Wait(200));
        Assert.StartsWith("network n", line.Result, StringComparison.Ordinal);
        follow.Kill(entireProcessTree: true);

        string Actions(params string[] filters) => docker.Ok(
            ["events", "--since", since, "--until", until, "--format", "{{.Action}}", .. filters.SelectMany(f => new[] { "-f", f })])
            .Replace('\n', ' ');
    }

    [DockerTheory]
    [InstalledClients]
    public void The_daemon_is_described(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "runs", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "held", "sleep", "1000");
        host.NetctlOk("pause", "held");
        host.NetctlOk("run", "--name", "done", "true");

        Assert.Equal($"3 1 1 1 linux {host.Shell("uname -m")}", docker.Ok(
            "info", "--format",
            "{{.Containers}} {{.ContainersRunning}} {{.ContainersPaused}} {{.ContainersStopped}} {{.OSType}} {{.Architecture}}"));
        Assert.Equal($"{host.Shell("nproc --all")} {Path.Combine(host.Root, "data")} inactive", docker.Ok(
            "info", "--format", "{{.NCPU}} {{.DockerRootDir}} {{.Swarm.LocalNodeState}}"));
        Assert.Contains("bridge host ipvlan macvlan null", docker.Ok("info"), StringComparison.Ordinal);
        Assert.Contains(host.Shell("uname -r"), docker.Ok("info"), StringComparison.Ordinal);
        Assert.Equal("1.51 1.24", docker.Ok("version", "--format", "{{.Server.APIVersion}} {{.Server.MinAPIVersion}}"));
        Assert.Contains("1.51 (minimum version 1.24)", docker.Ok("version"), StringComparison.Ordinal);
    }
}
