using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Net.Tests.TestKit;
using static Net.Tests.EndToEnd.DockerClients.DotNetHost;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker.DotNet starts, stops, holds up, renames, waits for and removes containers.</summary>
public sealed class DotNetLifecycleTests
{
    [KernelFact]
    public Task A_container_is_led_through_its_life() => RunAsync(async (host, client) =>
    {
        string id = host.NetctlOk("create", "--name", "web", "sleep", "1000");
        IContainerOperations containers = client.Containers;
        Assert.True(await containers.StartContainerAsync("web", new ContainerStartParameters()));
        Assert.False(await containers.StartContainerAsync("web", new ContainerStartParameters()));
        string first = Pid(host, "web");
        await containers.PauseContainerAsync("web");
        Assert.True((await containers.InspectContainerAsync("web")).State!.Paused);
        await RefusedAsync(HttpStatusCode.Conflict, "already paused", () => containers.PauseContainerAsync("web"));
        await containers.UnpauseContainerAsync("web");
        await containers.RestartContainerAsync("web", new ContainerRestartParameters { WaitBeforeKillSeconds = 0 });
        Assert.NotEqual(first, Pid(host, "web"));
        await containers.RenameContainerAsync("web", new ContainerRenameParameters { NewName = "app" }, default);
        await containers.UpdateContainerAsync("app", new ContainerUpdateParameters
        {
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.OnFailure, MaximumRetryCount = 2 },
        });
        Assert.Equal("on-failure", host.NetctlOk("inspect", "-f", "{{.HostConfig.RestartPolicy.Name}}", "app"));

        Task<ContainerWaitResponse> wait = containers.WaitContainerAsync("app");
        Assert.True(await containers.StopContainerAsync("app", new ContainerStopParameters { WaitBeforeKillSeconds = 1 }));
        Assert.Equal(143, (await wait).StatusCode);
        Assert.False(await containers.StopContainerAsync("app", new ContainerStopParameters()));
        await RefusedAsync(HttpStatusCode.Conflict, "is not running",
            () => containers.KillContainerAsync("app", new ContainerKillParameters { Signal = "TERM" }));
        await containers.RemoveContainerAsync("app", new ContainerRemoveParameters { RemoveVolumes = true });
        Assert.Empty(host.NetctlOk("ps", "-aq"));
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => containers.InspectContainerAsync(id));
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => containers.StopContainerAsync(id, new ContainerStopParameters()));
    });

    [KernelFact]
    public Task Containers_that_do_not_run_are_pruned() => RunAsync(async (host, client) =>
    {
        string gone = host.NetctlOk("create", "--name", "gone", "true");
        host.NetctlOk("run", "-d", "--name", "runs", "sleep", "1000");
        host.NetctlOk("create", "--name", "kept", "--label", "keep", "true");
        ContainersPruneResponse pruned = await client.Containers.PruneContainersAsync(new ContainersPruneParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label!"] = new Dictionary<string, bool> { ["keep"] = true } },
        });
        Assert.Equal([gone], pruned.ContainersDeleted);
        Assert.Equal("kept\nruns", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
    });

    [KernelFact]
    public Task Processes_usage_and_events_are_read() => RunAsync(async (host, client) =>
    {
        var seen = new List<string>();
        using var watching = new CancellationTokenSource(Patience);
        Task events = client.System.MonitorEventsAsync(
            new ContainerEventsParameters(), new Sink<Message>(message => seen.Add($"{message.Type} {message.Action}")), watching.Token);
        host.NetctlOk("network", "create", "probe0");
        int made = 1;
        TestHost.Eventually("it watches", () => seen.Count > 0 || host.NetctlOk("network", "create", $"probe{made++}") == "");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        ContainerProcessesResponse processes = await client.Containers.ListProcessesAsync("web", new ContainerListProcessesParameters());
        Assert.Equal("sleep 1000", Assert.Single(processes.Processes)[processes.Titles.IndexOf("CMD")]);

        var stats = new List<ContainerStatsResponse>();
        await client.Containers.GetContainerStatsAsync(
            "web", new ContainerStatsParameters { Stream = false }, new Sink<ContainerStatsResponse>(stats.Add), watching.Token);
        Assert.Equal(1UL, Assert.Single(stats).PidsStats!.Current);
        Assert.Contains("eth0", stats[0].Networks!.Keys);

        TestHost.Eventually("it was told", () => seen.Contains("container start") && seen.Contains("container top"));
        await watching.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => events);
    });

    private static string Pid(TestHost host, string name) => host.NetctlOk("inspect", "-f", "{{.State.Pid}}", name);

    private sealed class Sink<T>(Action<T> receive) : IProgress<T>
    {
        public void Report(T value) => receive(value);
    }
}
