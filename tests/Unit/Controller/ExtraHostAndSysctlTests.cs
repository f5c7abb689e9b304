using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class ExtraHostAndSysctlTests
{
    [Fact]
    public async Task Lines_that_were_asked_for_stand_between_localhost_and_the_containers_own()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await CreateAsync(test, "front", hosts: ["b:192.0.2.2", "a=[2001:db8::1]", "up:host-gateway", "b:192.0.2.1"]);

        string gateway = test.Controller.FindNetwork("bridge").Pools[0].Gateway!.ToString();
        string[] all = test.EtcFile("web", "hosts").TrimEnd('\n').Split('\n');
        string[] lines = [.. all.Where(line => !line.Contains("ip6-", StringComparison.Ordinal))];
        Assert.Equal(
            ["127.0.0.1\tlocalhost", "192.0.2.2\tb", "2001:db8::1\ta", $"{gateway}\tup", "192.0.2.1\tb"], lines[..5]);
        Assert.EndsWith("\tweb", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_hosts_network_a_hosts_file_is_made_for_lines_that_were_asked_for_only()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await CreateAsync(test, "host", hosts: ["db:192.0.2.2"]);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);

        FileMount mount = Assert.Single(Assert.Single(test.Processes.Started).Files);
        Assert.Equal("/etc/hosts", mount.Target);
        Assert.Contains("192.0.2.2\tdb\n", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_was_asked_for_takes_the_place_of_ours()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await CreateAsync(
            test, "bridge", sysctls: [("net.ipv4.ip_unprivileged_port_start", "1024"), ("net.ipv4.tcp_rmem", " 4096\t8192  16384 ")]);

        Assert.Equal(
            ["net/ipv4/ip_unprivileged_port_start=1024", "net/ipv4/ping_group_range=0 2147483647", "net/ipv4/tcp_rmem=4096 8192 16384"],
            test.Engine.Owned.OfType<SysctlObject>().Where(s => s.Link is null && s.Namespace.ToString() == "web")
                .Select(s => $"{s.Path}={s.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bridge", "kernel.shmmax", "sysctl 'kernel.shmmax=1' is not allowed")]
    [InlineData("bridge", "net", "sysctl 'net=1' is not allowed")]
    [InlineData("bridge", "net/../kernel/shmmax", "sysctl 'net/../kernel/shmmax=1' is not allowed")]
    [InlineData("bridge", "net.ipv4.conf.eth0.forwarding", "sysctl \"net.ipv4.conf.eth0.forwarding\" is of an interface")]
    [InlineData("host", "net.ipv4.ip_forward", "sysctl \"net.ipv4.ip_forward\" not allowed in host network namespace")]
    [InlineData("container:other", "net.ipv4.ip_forward", "conflicting options: sysctl and the container type network mode")]
    public async Task A_setting_that_is_not_the_containers_own_is_refused(string network, string name, string words)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("other", "bridge");

        await AssertRefusedAsync(words, () => CreateAsync(test, network, sysctls: [(name, "1")]));
    }

    [Fact]
    public async Task A_setting_without_a_value_is_refused()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        await AssertRefusedAsync("sysctl 'net.ipv4.ip_forward' has no value", () =>
            CreateAsync(test, "bridge", sysctls: [("net.ipv4.ip_forward", "")]));
    }

    [Fact]
    public async Task Lines_of_hosts_conflict_with_the_network_of_a_container_in_Dockers_words()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("other", "bridge");

        await AssertRefusedAsync(
            "conflicting options: custom host-to-IP mapping and the network mode",
            () => CreateAsync(test, "container:other", hosts: ["db:192.0.2.2"]));
    }

    [Theory]
    [InlineData("db", "bad format for add-host: \"db\"")]
    [InlineData(":192.0.2.1", "bad format for add-host")]
    [InlineData("a b:192.0.2.1", "bad format for add-host")]
    [InlineData("a\nb:192.0.2.1", "bad format for add-host")]
    [InlineData("db:", "invalid IP address in add-host: \"\"")]
    [InlineData("db:192.0.2", "invalid IP address in add-host: \"192.0.2\"")]
    [InlineData("db=host-gatewayy", "invalid IP address in add-host: \"host-gatewayy\"")]
    public void What_is_no_line_is_refused_in_Dockers_words(string text, string words) => Assert.StartsWith(
        words, Assert.Throws<CnmException>(() => HostEntry.Parse(text)).Message, StringComparison.Ordinal);

    private static async Task AssertRefusedAsync(string words, Func<Task> create)
    {
        CnmException error = await Assert.ThrowsAsync<CnmException>(create);
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }

    private static Task CreateAsync(
        ControllerUnderTest test, string network, string[]? hosts = null, (string Name, string Value)[]? sysctls = null) =>
        test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = "web",
            HostName = network is "host" || network.StartsWith("container:", StringComparison.Ordinal) ? null : "web",
            Networks = [new EndpointRequest { Network = network }],
            Process = network == "host" ? new ProcessConfig { Command = ["true"] } : null,
            ExtraHosts = hosts is null ? null : [.. hosts.Select(HostEntry.Parse)],
            Sysctls = sysctls?.ToDictionary(s => s.Name, s => s.Value),
        }).RunAsync(default);
}
