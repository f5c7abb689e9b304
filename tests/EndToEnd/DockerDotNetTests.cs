using System.Net;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>
/// The part of Docker's API that is served, as Docker.DotNet uses it: its types, its errors, and what <c>ip</c> says of the effect.
/// </summary>
public sealed class DockerDotNetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [KernelFact]
    public Task The_daemon_answers_ping_version_and_info() => RunAsync(async (host, client) =>
    {
        host.NetctlOk("run", "-d", "--name", "runs", "sleep", "1000");
        host.NetctlOk("create", "--name", "waits");
        await client.System.PingAsync();

        VersionResponse version = await client.System.GetVersionAsync();
        Assert.Equal(("1.51", "1.24", "linux"), (version.APIVersion, version.MinAPIVersion, version.Os));
        Assert.Equal(host.Shell("uname -r"), version.KernelVersion);

        SystemInfoResponse info = await client.System.GetSystemInfoAsync();
        Assert.Equal((2L, 2L, 0L), (info.Containers, info.ContainersRunning, info.ContainersStopped));
        Assert.Equal(("linux", version.Version), (info.OSType, info.ServerVersion));
        Assert.Equal(Path.Combine(host.Root, "data"), info.DockerRootDir);
    });

    [KernelFact]
    public Task A_network_is_made_as_it_is_asked_for_and_removed() => RunAsync(async (host, client) =>
    {
        var asked = new NetworksCreateParameters
        {
            Name = "net1",
            Driver = "bridge",
            Internal = true,
            EnableIPv6 = true,
            IPAM = new IPAM
            {
                Driver = "default",
                Config =
                [
                    new IPAMConfig { Subnet = "10.44.0.0/24", IPRange = "10.44.0.128/25", Gateway = "10.44.0.9", AuxAddress = Reserved },
                    new IPAMConfig { Subnet = "fd00:44::/64", Gateway = "fd00:44::9" },
                ],
            },
            Options = new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "br-dotnet" },
            Labels = new Dictionary<string, string> { ["tier"] = "back" },
        };
        NetworksCreateResponse made = await client.Networks.CreateNetworkAsync(asked);

        NetworkResponse network = await client.Networks.InspectNetworkAsync("net1");
        Assert.Equal((made.ID, "net1", "bridge", "local"), (network.ID, network.Name, network.Driver, network.Scope));
        Assert.Equal((true, true, true), (network.Internal, network.EnableIPv4, network.EnableIPv6));
        Assert.Equal(asked.Labels, network.Labels);
        Assert.Equal(asked.Options, network.Options);
        Assert.Equal(("10.44.0.0/24", "10.44.0.128/25", "10.44.0.9"), Pool(network, 0));
        Assert.Equal(Reserved, network.IPAM.Config[0].AuxAddress);
        Assert.Equal(("fd00:44::/64", "", "fd00:44::9"), Pool(network, 1));
        Assert.InRange(network.Created.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1));
        Assert.Empty(network.Containers);
        Assert.Equal(["10.44.0.9/24", "fd00:44::9/64"], Addresses(host, "ip -j address show dev br-dotnet"));

        await client.Networks.DeleteNetworkAsync(made.ID);
        Assert.NotEqual(0, host.Run("ip", "link", "show", "dev", "br-dotnet").ExitCode);
        await Assert.ThrowsAsync<DockerNetworkNotFoundException>(() => client.Networks.InspectNetworkAsync(made.ID));
    });

    [KernelFact]
    public Task The_network_list_is_filtered() => RunAsync(async (_, client) =>
    {
        string one = (await client.Networks.CreateNetworkAsync(Network("front", ("tier", "front")))).ID;
        await client.Networks.CreateNetworkAsync(Network("back", ("tier", "back")));

        Assert.Equal(["back", "bridge", "front", "host", "none"], await Listed());
        Assert.Equal(["front"], await Listed(("name", ["fron"])));
        Assert.Equal(["front"], await Listed(("id", [one[..12]])));
        Assert.Equal(["back", "front"], await Listed(("label", ["tier"])));
        Assert.Equal(["back"], await Listed(("label", ["tier=back"])));
        Assert.Equal(["back", "front"], await Listed(("type", ["custom"]), ("driver", ["bridge"])));
        Assert.Equal(["host", "none"], await Listed(("driver", ["host", "null"])));
        Assert.Equal([], await Listed(("scope", ["swarm"])));
        Assert.Equal(["back", "front"], await Listed(("dangling", ["true"])));
        await RefusedAsync(
            HttpStatusCode.BadRequest, "invalid filter 'dangling=maybe'", () => Listed(("dangling", ["maybe"])));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid filter 'type=bogus'", () => Listed(("type", ["bogus"])));

        async Task<IEnumerable<string>> Listed(params (string Key, string[] Values)[] filters)
        {
            var parameters = new NetworksListParameters { Filters = Filters(filters) };
            return (await client.Networks.ListNetworksAsync(parameters)).Select(n => n.Name).Order();
        }
    });

    [KernelFact]
    public Task A_container_is_connected_with_the_address_it_asks_for_and_disconnected() => RunAsync(async (host, client) =>
    {
        await client.Networks.CreateNetworkAsync(new NetworksCreateParameters
        {
            Name = "net1",
            EnableIPv6 = true,
            IPAM = new IPAM { Config = [new IPAMConfig { Subnet = "10.45.0.0/24" }, new IPAMConfig { Subnet = "fd00:45::/64" }] },
        });
        string id = host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        await client.Networks.ConnectNetworkAsync("net1", new NetworkConnectParameters
        {
            Container = "web",
            EndpointConfig = new EndpointSettings
            {
                Aliases = ["www"],
                IPAMConfig = new EndpointIPAMConfig { IPv4Address = "10.45.0.77", IPv6Address = "fd00:45::77" },
            },
        });

        EndpointResource inNetwork = (await client.Networks.InspectNetworkAsync("net1")).Containers[id];
        Assert.Equal(("web", "10.45.0.77/24", "fd00:45::77/64"), (inNetwork.Name, inNetwork.IPv4Address, inNetwork.IPv6Address));
        EndpointSettings endpoint = (await client.Containers.InspectContainerAsync(id)).NetworkSettings!.Networks["net1"];
        Assert.Equal(("10.45.0.77", 24L, "10.45.0.1"), (endpoint.IPAddress, endpoint.IPPrefixLen, endpoint.Gateway));
        Assert.Equal(("fd00:45::77", 64L, "fd00:45::1"), (endpoint.GlobalIPv6Address, endpoint.GlobalIPv6PrefixLen, endpoint.IPv6Gateway));
        Assert.Equal((inNetwork.EndpointID, inNetwork.MacAddress), (endpoint.EndpointID, endpoint.MacAddress));
        Assert.Equal(["www"], endpoint.Aliases);
        Assert.Contains("www", endpoint.DNSNames);

        JsonElement link = JsonDocument.Parse(host.NetctlOk("exec", "web", "ip", "-j", "address", "show", "dev", "eth1")).RootElement[0];
        Assert.Equal(endpoint.MacAddress, link.GetProperty("address").GetString());
        Assert.Equal(["10.45.0.77/24", "fd00:45::77/64"], Addresses(link));

        await RefusedAsync(HttpStatusCode.Forbidden, "network net1 has active endpoints", () => client.Networks.DeleteNetworkAsync("net1"));
        await client.Networks.DisconnectNetworkAsync("net1", new NetworkDisconnectParameters { Container = id });
        Assert.Empty((await client.Networks.InspectNetworkAsync("net1")).Containers);
        Assert.DoesNotContain("net1", (await client.Containers.InspectContainerAsync(id)).NetworkSettings!.Networks.Keys);
        Assert.DoesNotContain("eth1", host.NetctlOk("exec", "web", "ls", "/sys/class/net"), StringComparison.Ordinal);
        await client.Networks.DeleteNetworkAsync("net1");
    });

    [KernelFact]
    public Task Containers_are_listed_with_their_ports_and_networks() => RunAsync(async (host, client) =>
    {
        host.NetctlOk("network", "create", "--subnet", "10.46.0.0/24", "net1");
        string web = host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("run", "--name", "done", "true");

        // netctl has no flag for a container's labels.
        const string Labelled = """{"Name":"waits","Labels":{"tier":"front"}}""";
        host.Shell($"curl -sf --unix-socket {host.Socket} -d '{Labelled}' http://netctl/netctl/containers/create");

        IList<ContainerListResponse> running = await client.Containers.ListContainersAsync(new ContainersListParameters());
        Assert.Equal(["/waits", "/web"], running.SelectMany(c => c.Names));
        ContainerListResponse listed = running[1];
        Assert.Equal((web, "running", "sleep 1000"), (listed.ID, listed.State, listed.Command));
        Assert.Equal(["/web"], listed.Names);
        Assert.Equal("net1", listed.HostConfig.NetworkMode);
        Assert.Equal("10.46.0.2", listed.NetworkSettings!.Networks["net1"].IPAddress);
        Assert.Contains(listed.Ports, port => port is { PrivatePort: 80, PublicPort: 8080, Type: "tcp" });
        Assert.InRange(listed.Created.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1));

        Assert.Equal(["/done", "/waits", "/web"], await Listed(new ContainersListParameters { All = true }));
        Assert.Equal(["/waits"], await Listed(new ContainersListParameters { Limit = 1 }));
        Assert.Equal(["/done"], await Listed(new ContainersListParameters { Filters = Filters(("status", ["exited"])) }));
        Assert.Equal(["/waits"], await Listed(new ContainersListParameters { All = true, Filters = Filters(("label", ["tier=front"])) }));
        Assert.Equal(["/done"], await Listed(new ContainersListParameters { All = true, Filters = Filters(("name", ["don"])) }));
        Assert.Equal("front", (await client.Containers.InspectContainerAsync("waits")).Config!.Labels["tier"]);
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid filter 'ancestor'",
            () => Listed(new ContainersListParameters { Filters = Filters(("ancestor", ["alpine"])) }));

        async Task<IEnumerable<string>> Listed(ContainersListParameters parameters) =>
            (await client.Containers.ListContainersAsync(parameters)).SelectMany(c => c.Names).Order();
    });

    [KernelFact]
    public Task A_container_is_inspected() => RunAsync(async (host, client) =>
    {
        string[] options = ["--name", "web", "-h", "alpha", "-e", "COLOUR=red", "--dns", "192.0.2.2", "-p", "127.0.0.1:8080:80"];
        string id = host.NetctlOk(["run", "-d", .. options, "sleep", "1000"]);
        ContainerInspectResponse web = await client.Containers.InspectContainerAsync("web");
        Assert.Equal((id, "/web", "sleep"), (web.ID, web.Name, web.Path));
        Assert.Equal(["1000"], web.Args);
        Assert.Equal("alpha", web.Config!.Hostname);
        Assert.Contains("COLOUR=red", web.Config.Env);
        Assert.Equal(["80/tcp"], web.Config.ExposedPorts!.Keys);
        Assert.Equal(["192.0.2.2"], web.HostConfig!.DNS);
        Docker.DotNet.Models.PortBinding binding = Assert.Single(web.NetworkSettings!.Ports["80/tcp"]);
        Assert.Equal(("127.0.0.1", "8080"), (binding.HostIP, binding.HostPort));
        Assert.True(web.State!.Running);
        Assert.Equal("sleep", host.Shell($"cat /proc/{web.State.Pid}/comm"));
        EndpointSettings endpoint = web.NetworkSettings!.Networks["bridge"];
        Assert.Equal(
            [$"{endpoint.IPAddress}/{endpoint.IPPrefixLen}"],
            Addresses(host, $"nsenter --net={web.NetworkSettings!.SandboxKey} ip -j address show dev eth0"));

        host.NetctlOk("stop", "web");
        State ended = (await client.Containers.InspectContainerAsync(id)).State!;
        Assert.Equal((false, 143L, "exited"), (ended.Running, ended.ExitCode, ended.Status));
    });

    [KernelFact]
    public Task Refusals_are_errors_of_the_clients_with_status_and_message() => RunAsync(async (host, client) =>
    {
        string before = KernelState.Of(host);
        await client.Networks.CreateNetworkAsync(Network("net1"));
        await RefusedAsync(HttpStatusCode.Conflict, "network with name net1 already exists",
            () => client.Networks.CreateNetworkAsync(Network("net1")));
        await RefusedAsync(HttpStatusCode.Forbidden, "predefined host network",
            () => client.Networks.CreateNetworkAsync(Network("host")));
        await RefusedAsync(HttpStatusCode.BadRequest, "10.47.0.0/40", () => client.Networks.CreateNetworkAsync(new NetworksCreateParameters
        {
            Name = "net2",
            IPAM = new IPAM { Config = [new IPAMConfig { Subnet = "10.47.0.0/40" }] },
        }));
        await RefusedAsync(HttpStatusCode.NotFound, "network driver \"overlay\" not found",
            () => client.Networks.CreateNetworkAsync(new NetworksCreateParameters { Name = "net2", Driver = "overlay" }));
        await RefusedAsync(HttpStatusCode.NotImplemented, "Ingress is not supported",
            () => client.Networks.CreateNetworkAsync(new NetworksCreateParameters { Name = "net2", Ingress = true }));

        const string NoNetwork = "network nowhere not found";
        await NotFoundAsync<DockerNetworkNotFoundException>(NoNetwork, () => client.Networks.InspectNetworkAsync("nowhere"));
        await NotFoundAsync<DockerNetworkNotFoundException>(NoNetwork, () => client.Networks.DeleteNetworkAsync("nowhere"));
        await NotFoundAsync<DockerContainerNotFoundException>("No such container: nobody",
            () => client.Containers.InspectContainerAsync("nobody"));
        await RefusedAsync(HttpStatusCode.NotFound, "No such container: nobody",
            () => client.Networks.ConnectNetworkAsync("net1", new NetworkConnectParameters { Container = "nobody" }));

        // What is not served is refused in the same shape.
        await RefusedAsync(HttpStatusCode.NotImplemented, "not supported by netctl", () => client.Volumes.InspectAsync("v"));
        await client.Networks.DeleteNetworkAsync("net1");
        Assert.Equal(before, KernelState.Of(host));
    });

    [KernelFact]
    public Task Networks_that_no_container_uses_are_pruned() => RunAsync(async (host, client) =>
    {
        foreach (string name in new[] { "used", "waiting", "old", "kept", "spare" })
        {
            await client.Networks.CreateNetworkAsync(Network(name, ("keep", name == "kept" ? "yes" : "no")));
        }

        host.NetctlOk("run", "-d", "--name", "web", "--network", "used", "sleep", "1000");
        host.NetctlOk("run", "--name", "done", "--network", "waiting", "true");
        string bridges = host.Shell(Graves.Script + "ip -br link show type bridge | wc -l");

        NetworksPruneResponse none = await client.Networks.PruneNetworksAsync(
            new NetworksDeleteUnusedParameters { Filters = Filters(("until", ["1h"])) });
        Assert.Empty(none.NetworksDeleted ?? []);
        Assert.Equal(bridges, host.Shell(Graves.Script + "ip -br link show type bridge | wc -l"));
        NetworksPruneResponse pruned = await client.Networks.PruneNetworksAsync(
            new NetworksDeleteUnusedParameters { Filters = Filters(("label!", ["keep=yes"])) });
        Assert.Equal(["old", "spare"], pruned.NetworksDeleted.Order());
        Assert.Equal(
            ["bridge", "host", "kept", "none", "used", "waiting"], (await client.Networks.ListNetworksAsync()).Select(n => n.Name).Order());
        Assert.Equal("4", host.Shell(Graves.Script + "ip -br link show type bridge | wc -l"));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid filter 'driver'", () => client.Networks.PruneNetworksAsync(
            new NetworksDeleteUnusedParameters { Filters = Filters(("driver", ["bridge"])) }));

        Assert.Equal(["kept"], (await client.Networks.PruneNetworksAsync()).NetworksDeleted);
        host.DoctorIsContentAtOnce();
    });

    [KernelFact]
    public Task A_request_that_is_cancelled_ends_and_the_daemon_answers_the_next() => RunAsync(async (host, client) =>
    {
        await client.System.PingAsync();
        using var cancelled = new CancellationTokenSource();
        host.Shell($"kill -STOP {host.DaemonId}");
        Task<NetworksCreateResponse> create = client.Networks.CreateNetworkAsync(Network("net1"), cancelled.Token);
        Assert.False(create.IsCompleted);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create.WaitAsync(Patience));
        host.Shell($"kill -CONT {host.DaemonId}");

        await client.System.PingAsync();
        await client.Networks.CreateNetworkAsync(Network("net2"));
        Assert.Contains(await client.Networks.ListNetworksAsync(), static network => network.Name == "net2");
    });

    private static Dictionary<string, string> Reserved { get; } = new() { ["printer"] = "10.44.0.130" };

    private static async Task RunAsync(Func<TestHost, DockerClient, Task> test)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using DockerClient client = new DockerClientBuilder().WithEndpoint(new Uri($"unix://{host.Socket}")).WithTimeout(Patience).Build();
        await test(host, client);
    }

    private static NetworksCreateParameters Network(string name, params (string Key, string Value)[] labels) =>
        new() { Name = name, Labels = labels.ToDictionary(label => label.Key, label => label.Value) };

    private static Dictionary<string, IDictionary<string, bool>> Filters(params (string Key, string[] Values)[] filters) =>
        filters.ToDictionary(
            filter => filter.Key,
            IDictionary<string, bool> (filter) => filter.Values.ToDictionary(static value => value, static _ => true));

    private static (string, string, string) Pool(NetworkResponse network, int index) =>
        (network.IPAM.Config[index].Subnet, network.IPAM.Config[index].IPRange, network.IPAM.Config[index].Gateway);

    private static string[] Addresses(TestHost host, string command) => Addresses(JsonDocument.Parse(host.Shell(command)).RootElement[0]);

    private static string[] Addresses(JsonElement link) =>
        [.. link.GetProperty("addr_info").EnumerateArray()
            .Where(static address => address.GetProperty("scope").GetString() == "global")
            .Select(static address => $"{address.GetProperty("local").GetString()}/{address.GetProperty("prefixlen").GetInt32()}")];

    private static async Task RefusedAsync(HttpStatusCode status, string words, Func<Task> request)
    {
        DockerApiException error = await Assert.ThrowsAnyAsync<DockerApiException>(request);
        Assert.Equal(status, error.StatusCode);
        AssertSays(words, error);
    }

    private static async Task NotFoundAsync<T>(string words, Func<Task> request)
        where T : DockerApiException
    {
        T error = await Assert.ThrowsAsync<T>(request);
        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
        AssertSays(words, error);
    }

    private static void AssertSays(string words, DockerApiException error) =>
        Assert.Contains(
            words, JsonDocument.Parse(error.ResponseBody!).RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
}
