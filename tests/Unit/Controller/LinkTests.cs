using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Links on the default network: the lines of /etc/hosts and the variables that follow from them, and what is refused.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task The_linking_container_finds_the_other_by_a_line_of_its_hosts_file()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Sandbox db = await RunAsync(test, "db");
        await RunAsync(test, "web", "db", "db:sql");

        string address = test.AddressOf("db", "bridge");
        string own = $"{test.AddressOf("web", "bridge")}\t{test.Controller.FindSandbox("web").HostName}\n";
        Assert.Equal(
            $"{address}\tdb {db.HostName}\n{address}\tsql {db.HostName} db\n{own}",
            After(test.EtcFile("web", "hosts"), "ip6-allrouters\n"));
        Assert.DoesNotContain("sql", test.EtcFile("db", "hosts"), StringComparison.Ordinal);
        Assert.Equal(["/db:/web/db", "/db:/web/sql"], LinkNames.LinksOf(test.Stored(), test.Stored().FindSandbox("web")));
        Assert.Equal(["/web/db", "/web/sql"], LinkNames.Of(test.Stored(), db));
    }

    [Fact]
    public async Task The_variables_have_Dockers_names_and_order()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ExposedPort[] exposed =
            [new(53, PortProtocol.Udp), new(7001, PortProtocol.Tcp), new(80, PortProtocol.Tcp, 3), new(54, PortProtocol.Udp)];
        var request = new SandboxCreateRequest { Name = "db", ExposedPorts = exposed };
        await RunAsync(test, request, "PASSWORD=a=b", "HOME=/x", "PATH=/bin", "EMPTY=", "ODD");
        await RunAsync(test, new SandboxCreateRequest { Name = "web", Networks = [Linked("db:my-db")] }, "MY=own", "MY_DB_PORT=mine");

        string ip = test.AddressOf("db", "bridge");
        string[] expected =
        [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"HOSTNAME={test.Controller.FindSandbox("web").HostName}",
            "MY_DB_PORT=mine",
            .. Port(80, "tcp"),
            .. Port(81, "tcp"),
            .. Port(82, "tcp"),
            .. Port(7001, "tcp"),
            .. Run(80, 82, "tcp"),
            .. Port(53, "udp"),
            .. Port(54, "udp"),
            .. Run(53, 54, "udp"),
            "MY_DB_NAME=/web/my-db",
            "MY_DB_ENV_PASSWORD=a=b",
            "MY_DB_ENV_EMPTY=",
            "MY=own",
        ];
        Assert.Equal(expected, test.Processes.Started[^1].Process!.Environment);

        string[] Port(int port, string protocol)
        {
            string name = $"MY_DB_PORT_{port}_{protocol.ToUpperInvariant()}";
            return [$"{name}={protocol}://{ip}:{port}", $"{name}_ADDR={ip}", $"{name}_PORT={port}", $"{name}_PROTO={protocol}"];
        }

        string[] Run(int first, int last, string protocol)
        {
            string name = $"MY_DB_PORT_{first}_{protocol.ToUpperInvariant()}";
            return
            [
                $"{name}_START={protocol}://{ip}:{first}", $"{name}_PORT_START={first}", $"{name}_END={protocol}://{ip}:{last}",
                $"{name}_PORT_END={last}",
            ];
        }
    }

    [Fact]
    public async Task The_first_variable_names_the_lowest_tcp_port_and_ports_that_are_published_count_as_exposed()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var published = new PortSpec { ContainerPort = 8080, Protocol = PortProtocol.Tcp, HostPort = 80 };
        await RunAsync(
            test, new SandboxCreateRequest { Name = "db", ExposedPorts = [new(53, PortProtocol.Udp)], PortSpecs = [published] });
        await RunAsync(test, "web", "db");

        Assert.Equal(
            $"DB_PORT=tcp://{test.AddressOf("db", "bridge")}:8080",
            Assert.Single(test.Processes.Started[^1].Process!.Environment, v => v.StartsWith("DB_PORT=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_lines_follow_the_other_container_and_go_while_it_has_no_address()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, "db");
        await RunAsync(test, "web", "db:sql");
        string before = test.AddressOf("db", "bridge");

        await test.Controller.StopSandbox("db", TimeSpan.Zero, null).RunAsync(default);
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        await test.Controller.StartSandbox("db", attach: false).RunAsync(default);
        Assert.Contains($"{test.AddressOf("db", "bridge")}\tsql ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);

        await test.Controller.Disconnect("bridge", "db").RunAsync(default);
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        await test.Controller.Connect(new() { Sandbox = "db", Endpoint = new() { Network = "bridge" } }).RunAsync(default);
        Assert.NotEqual(before, test.AddressOf("db", "bridge"));
        Assert.Contains($"{test.AddressOf("db", "bridge")}\tsql ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "could not get container for nobody: No such container: nobody")]
    [InlineData("web", "container web cannot be linked to itself")]
    [InlineData("box", "host type networking can't be used with links. This would result in undefined behavior")]
    public async Task A_link_to_what_cannot_be_linked_to_is_refused_before_anything_is_made(string link, string words)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, new SandboxCreateRequest { Name = "box", Networks = [new() { Network = "host" }] });
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => RunAsync(test, "web", link));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal("box", Assert.Single(test.Controller.Sandboxes).Name);
    }

    [Theory]
    [InlineData("host", "host type networking can't be used with links")]
    [InlineData("container:db", "container type network can't be used with links")]
    [InlineData("none", "links and the network mode none")]
    public async Task A_mode_without_a_network_of_its_own_has_no_links(string mode, string words)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, "db");
        var request = new SandboxCreateRequest { Name = "web", Networks = [new() { Network = mode, Links = [LinkSpec.Parse("db")] }] };
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => RunAsync(test, request));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains("conflicting options: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_alias_is_for_one_container()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, "a");
        await RunAsync(test, "b");
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => RunAsync(test, "web", "a:db", "b:DB"));
        Assert.Equal("two links of container web have the alias db; give each another", error.Message);
    }

    [Fact]
    public async Task A_container_does_not_start_before_those_that_it_has_links_to()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, "db");
        await test.Controller.StopSandbox("db", TimeSpan.Zero, null).RunAsync(default);
        await test.Controller.CreateSandbox(
            new SandboxCreateRequest { Name = "web", Networks = [Linked("db:sql")], Process = Command() }).RunAsync(default);

        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.StartSandbox("web", attach: false).RunAsync(default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Equal("Cannot link to a non running container: /db AS /web/sql; start db first", error.Message);
        Assert.Equal(SandboxState.Created, test.Controller.FindSandbox("web").State);

        await test.Controller.StartSandbox("db", attach: false).RunAsync(default);
        await test.Controller.Disconnect("bridge", "db").RunAsync(default);
        error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox("web", attach: false).RunAsync(default));
        Assert.StartsWith("Cannot link to /db, as it does not belong to the default network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_container_with_anothers_network_leads_to_that_one()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Sandbox db = await RunAsync(test, "db");
        await RunAsync(test, new SandboxCreateRequest { Name = "side", Networks = [new() { Network = "container:db" }] });
        await RunAsync(test, "web", "side:sql");
        Assert.Contains(
            $"{test.AddressOf("db", "bridge")}\tsql {db.HostName} db\n", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db", "db", "db")]
    [InlineData("db:sql", "db", "sql")]
    [InlineData("/db:/web/sql", "db", "sql")]
    [InlineData("/web/db", "web/db", "db")]
    [InlineData("web/db:x", "web/db", "x")]
    public void A_link_is_a_container_and_an_alias(string text, string target, string alias) =>
        Assert.Equal(new LinkSpec(target, alias), LinkSpec.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("db:")]
    [InlineData(":sql")]
    [InlineData("a:b:c")]
    [InlineData("db:/")]
    [InlineData("db:a b")]
    [InlineData("db:a\nb")]
    [InlineData("db:a\n")]
    [InlineData("db:-x")]
    [InlineData("db:ä")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => LinkSpec.Parse(text)).Kind);

    [Fact]
    public async Task On_another_network_a_link_is_a_name_that_the_linking_container_alone_resolves()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        EndpointRequest[] networks = [new() { Network = "front", Links = [LinkSpec.Parse("db:sql")] }, new() { Network = "back" }];
        await RunAsync(test, new SandboxCreateRequest { Name = "web", Networks = networks });
        Assert.Equal("", test.Ask("web", "sql")); // nobody yet, and nobody else is asked

        await test.RunAsync("db", "front");
        await test.RunAsync("other", "front");
        Assert.Equal(test.AddressOf("db", "front"), test.Ask("web", "sql"));
        Assert.Equal(test.AddressOf("db", "front"), test.Ask("web", "SQL.front"));
        Assert.Null(test.Ask("web", "sql.back"));
        Assert.Null(test.Ask("other", "sql"));
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            test.Processes.Started[0].Process!.Environment, variable => variable.StartsWith("SQL", StringComparison.Ordinal));

        await test.Controller.StopSandbox("db", TimeSpan.Zero, null).RunAsync(default);
        Assert.Equal("", test.Ask("web", "sql"));
        await test.Controller.StartSandbox("db", attach: false).RunAsync(default);
        await test.Controller.RenameSandbox("db", "store").RunAsync(default);
        Assert.Equal(test.AddressOf("store", "front"), test.Ask("web", "sql"));
        Assert.Equal(new PrivateName("sql", "store"), Assert.Single(test.Stored().EndpointsOf(test.IdOf("web"))[0].PrivateNames));

        // The next of that name takes its place, as in Docker.
        await test.Controller.RemoveSandbox("store", force: true).RunAsync(default);
        await test.RunAsync("store", "front");
        Assert.Equal(test.AddressOf("store", "front"), test.Ask("web", "sql"));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("pool")]
    [InlineData("web/sql")]
    [InlineData("front/x")]
    public async Task On_another_network_a_link_leads_to_whatever_the_network_has_under_that_name(string target)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("net");
        await test.CreateAsync("db");
        await test.Controller.Connect(
            new() { Sandbox = "db", Endpoint = new() { Network = "net", Aliases = ["pool"] } }).RunAsync(default);
        await RunAsync(test, "web", "db:sql");
        EndpointRequest linked = new() { Network = "net", Links = [LinkSpec.Parse("db:x")] };
        await RunAsync(test, new SandboxCreateRequest { Name = "front", Networks = [linked] });

        string link = target == "id" ? test.IdOf("db").Value : target;
        await test.CreateAsync("client");
        await test.Controller.Connect(
            new() { Sandbox = "client", Endpoint = new() { Network = "net", Links = [LinkSpec.Parse($"{link}:y")] } }).RunAsync(default);
        Assert.Equal(test.AddressOf("db", "net"), test.Ask("client", "y"));
    }

    [Fact]
    public async Task A_link_may_come_with_the_connection_to_the_default_network_and_comes_back_with_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await RunAsync(test, "db");
        await test.RunAsync("web", "front");
        await ConnectAsync("db:sql");
        Assert.Contains("\tsql ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);

        await test.Controller.Disconnect("bridge", "web").RunAsync(default);
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        await ConnectAsync();
        Assert.Contains("\tsql ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        await test.Controller.Disconnect("bridge", "web").RunAsync(default);
        await ConnectAsync("db:sql", "db");
        Assert.Equal(["/db:/web/sql", "/db:/web/db"], LinkNames.LinksOf(test.Stored(), test.Stored().FindSandbox("web")));
        await test.Controller.Disconnect("bridge", "web").RunAsync(default);
        await test.Controller.StopSandbox("db", TimeSpan.Zero, null).RunAsync(default);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => ConnectAsync("db:sql"));
        Assert.StartsWith("Cannot link to a non running container: /db AS /web/", error.Message, StringComparison.Ordinal);

        Task ConnectAsync(params string[] links) =>
            test.Controller.Connect(new() { Sandbox = "web", Endpoint = Linked(links) }).RunAsync(default);
    }

    [Fact]
    public async Task A_link_is_removed_by_its_name_and_its_containers_stay()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await RunAsync(test, "db");
        await RunAsync(test, "web", "db:sql", "db");
        await test.Controller.Connect(new()
        {
            Sandbox = "web",
            Endpoint = new() { Network = "front", Links = [LinkSpec.Parse("web:me")] },
        }).RunAsync(default);
        Assert.NotEqual("", test.Ask("web", "me"));

        await test.Controller.RemoveLink("/web/sql").RunAsync(default);
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        Assert.Contains("\tdb ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        await test.Controller.RemoveLink("web/db").RunAsync(default);
        Assert.Null(test.Stored().FindSandbox("web").Links);
        await test.Controller.RemoveLink("web/me").RunAsync(default);
        Assert.Null(test.Ask("web", "me"));
        Assert.Equal(2, test.Controller.Sandboxes.Count(sandbox => sandbox.HasNetworkStack));

        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveLink("web/sql").RunAsync(default));
        Assert.Equal(CnmErrorKind.NotFound, error.Kind);
        error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveLink("/web").RunAsync(default));
        Assert.StartsWith("Conflict, cannot remove the default link name of the container", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_container_takes_the_links_to_it_along()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, "db");
        await RunAsync(test, "cache");
        await RunAsync(test, "web", "db", "cache");
        await test.Controller.RemoveSandbox("db", force: true).RunAsync(default);
        Assert.DoesNotContain("\tdb ", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
        Assert.Equal(["/cache:/web/cache"], LinkNames.LinksOf(test.Stored(), test.Stored().FindSandbox("web")));

        await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null);
        Assert.Contains("CACHE_NAME=/web/cache", test.Processes.Started[^1].Process!.Environment);
        Assert.DoesNotContain("DB_NAME=/web/db", test.Processes.Started[^1].Process!.Environment);

        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        Assert.Empty(LinkNames.Of(test.Controller.Snapshot, test.Controller.FindSandbox("cache")));
    }

    [Fact]
    public async Task Links_outlast_new_names_of_both_containers()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Sandbox db = await RunAsync(test, "db");
        await RunAsync(test, "web", "db:sql");
        await test.Controller.RenameSandbox("db", "store").RunAsync(default);
        await test.Controller.RenameSandbox("web", "shop").RunAsync(default);

        Assert.Contains($"\tsql {db.HostName} store\n", test.EtcFile("shop", "hosts"), StringComparison.Ordinal);
        Assert.Equal(["/shop/sql"], LinkNames.Of(test.Controller.Snapshot, db));
        Assert.Equal(db.Id, test.Controller.FindSandbox("/shop/sql").Id);
        Assert.Throws<CnmException>(() => test.Controller.FindSandbox("web/sql"));
        await test.Controller.RestartSandboxAsync("shop", TimeSpan.Zero, signal: null);
        Assert.Contains("SQL_NAME=/shop/sql", test.Processes.Started[^1].Process!.Environment);
    }

    [Fact]
    public async Task A_link_to_a_link_leads_where_that_one_leads()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Sandbox db = await RunAsync(test, "db");
        await RunAsync(test, "web", "db:sql");
        await RunAsync(test, "app", "/web/sql");
        Assert.Contains(
            $"{test.AddressOf("db", "bridge")}\tsql {db.HostName} db\n", test.EtcFile("app", "hosts"), StringComparison.Ordinal);
        Assert.Equal(["/app/sql", "/web/sql"], LinkNames.Of(test.Controller.Snapshot, db));
    }

    [Fact]
    public async Task Links_are_there_after_the_daemon_was_started_again()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Sandbox db = await RunAsync(test, "db");
        await RunAsync(test, "web", "db:sql");
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(["/web/sql"], LinkNames.Of(test.Controller.Snapshot, db));
        await test.Controller.StopSandbox("db", TimeSpan.Zero, null).RunAsync(default);
        Assert.DoesNotContain("sql", test.EtcFile("web", "hosts"), StringComparison.Ordinal);
    }

    private static EndpointRequest Linked(params string[] links) =>
        new() { Network = "bridge", Links = [.. links.Select(LinkSpec.Parse)] };

    private static Task<Sandbox> RunAsync(ControllerUnderTest test, string name, params string[] links) =>
        RunAsync(test, new SandboxCreateRequest { Name = name, Networks = [Linked(links)] });

    private static async Task<Sandbox> RunAsync(ControllerUnderTest test, SandboxCreateRequest request, params string[] environment)
    {
        await test.Controller.CreateSandbox(request with { Process = Command(environment) }).RunAsync(default);
        await test.Controller.StartSandbox(request.Name!, attach: false).RunAsync(default);
        return test.Controller.FindSandbox(request.Name!);
    }

    private static ProcessConfig Command(params string[] environment) => new() { Command = ["true"], Environment = environment };

    private static string After(string text, string mark) => text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
}
