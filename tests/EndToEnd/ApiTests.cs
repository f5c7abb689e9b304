using System.Text;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The API as programs other than netctl use it: by hand, over the socket.</summary>
public sealed class ApiTests
{
    [KernelFact]
    public void A_body_that_is_no_request_is_refused_with_400_and_one_over_a_mebibyte_with_413()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = KernelState.Of(host);

        foreach ((string path, string body) in new[]
        {
            ("/networks/create", "{"),
            ("/networks/create", "[]"),
            ("/networks/create", """{"Name":5}"""),
            ("/networks/create", """{"Name":"q","IPAM":{"Config":[null]}}"""),
            ("/networks/create", new string('[', 100_000)),
            ("/netctl/containers/create", """{"Cmd":["true"],"Networks":[null]}"""),
            ("/netctl/containers/create", """{"Ports":[null]}"""),
            ("/netctl/containers/create", """{"Cmd":["true",null]}"""),
        })
        {
            (int status, string answer) = Post(host, path, body);
            Assert.True(status == 400, $"{path} {body[..Math.Min(80, body.Length)]}: {status} {answer}");
            Assert.DoesNotContain("Net.Api", answer, StringComparison.Ordinal);
        }

        Assert.Equal(413, Post(host, "/networks/create", new string(' ', (1 << 20) + 1)).Status);
        Assert.Equal(201, Post(host, "/networks/create", new string(' ', (1 << 20) - 12) + """{"Name":"q"}""").Status);
        host.NetctlOk("network", "rm", "q");
        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void Values_that_nothing_can_have_are_refused_with_400_and_change_nothing()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        string before = KernelState.Of(host);

        foreach ((string path, string body) in new[]
        {
            ("/netctl/containers/create", """{"Cmd":["tr\u0000ue"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true","a\u0000b"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Env":["A=b\u0000c"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Env":["=c"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Env":[""]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"WorkingDir":"/tmp\u0000/x"}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"WorkingDir":"tmp"}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"WorkingDir":"./tmp"}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Name":"a\u0000b"}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Hostname":"a\u0000b"}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"DnsSearch":["a\u0000b"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"DnsOptions":["a\u0000b"]}"""),
            ("/netctl/containers/create", """{"Cmd":["\ud800"]}"""),
            ("/containers/c/exec", """{"Cmd":["true","a\u0000b"]}"""),
            ("/containers/c/exec", """{"Cmd":["true"],"Env":["A=b\u0000c"]}"""),
            ("/containers/c/exec", """{"Cmd":["true"],"WorkingDir":"tmp"}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.host_ipv4":"0.0.0.0"}}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.host_ipv4":"224.0.0.1"}}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.host_ipv4":"255.255.255.255"}}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.bridge.host_binding_ipv4":"224.0.0.1"}}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.host_ipv4":"192.0.2.255"}}"""),
            ("/networks/create", """{"Name":"n","Options":{"com.docker.network.bridge.host_binding_ipv4":"192.0.2.255"}}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Ports":["192.0.2.255:81:80"]}"""),
            ("/netctl/containers/create", """{"Cmd":["true"],"Ports":["224.0.0.1::80"]}"""),
            ("/netctl/containers/c/publish", """{"Ports":["192.0.2.255:81:80"]}"""),
        })
        {
            (int status, string answer) = Post(host, path, body);
            Assert.True(status == 400, $"{path} {body}: {status} {answer}");
            Assert.Contains("message", answer, StringComparison.Ordinal);
        }

        foreach (string query in new[]
        {
            "/containers/json?filters={\"status\":[\"x\"]}", "/containers/json?filters={\"status\":[\"running\",\"x\"]}",
            "/containers/json?filters={\"nonsense\":[\"x\"]}", "/containers/json?filters={\"status\":{\"x\":true}}",
            "/containers/json?filters=[]", "/containers/json?filters={\"status\":[5]}",
            "/networks?filters={\"type\":[\"bogus\"]}", "/networks?filters={\"scope\":[\"bogus\"]}",
            "/networks?filters={\"dangling\":[\"maybe\"]}", "/networks?filters={\"nonsense\":[\"x\"]}",
        })
        {
            string answer = host.Shell($"curl -sg -w '\n%{{http_code}}' --unix-socket {host.Socket} 'http://netctl{query}'");
            Assert.True(answer.EndsWith("\n400", StringComparison.Ordinal), $"{query}: {answer}");
            Assert.Contains("message", answer, StringComparison.Ordinal);
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Single(host.NetctlOk("ps", "-aq").Split('\n'));
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_NUL_character_is_refused_in_every_text_with_one_sentence_that_says_where()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net0");
        host.NetctlOk("create", "--name", "c");
        string before = KernelState.Of(host);

        (string Path, string Place, string Body)[] cases =
        [
            ("/networks/create", "Name", """{"Name":"x\u0000"}"""),
            ("/networks/create", "Driver", """{"Name":"x","Driver":"bridge\u0000"}"""),
            ("/networks/create", "a name in Labels", """{"Name":"x","Labels":{"a\u0000":"b"}}"""),
            ("/networks/create", "Labels.a", """{"Name":"x","Labels":{"a":"b\u0000c"}}"""),
            ("/networks/create", "a name in Options", """{"Name":"x","Options":{"a\u0000b":"c"}}"""),
            ("/networks/create", "Options.a", """{"Name":"x","Options":{"a":"\\\u0000"}}"""),
            ("/networks/create", "a name in IPAM.Options", """{"Name":"x","IPAM":{"Options":{"a\u0000":"b"}}}"""),
            ("/networks/create", "IPAM.Config.Subnet", """{"Name":"x","IPAM":{"Config":[{"Subnet":"10.9.0.0/24\u0000"}]}}"""),
            ("/networks/net0/connect", "EndpointConfig.Aliases", """{"Container":"c","EndpointConfig":{"Aliases":["a","b\u0000"]}}"""),
            (
                "/networks/net0/connect", "EndpointConfig.DriverOpts.a",
                """{"Container":"c","EndpointConfig":{"DriverOpts":{"a":"\u0000"}}}"""),
            ("/networks/net0/disconnect", "Container", """{"Container":"c\u0000"}"""),
            ("/netctl/containers/create", "Name", """{"Name":"x\u0000"}"""),
            ("/netctl/containers/create", "a name in Labels", """{"Labels":{"\u0000":"b"}}"""),
            ("/netctl/containers/create", "Labels.a", """{"Labels":{"a":"b\u0000"}}"""),
            ("/netctl/containers/create", "Labels.a", """{"Labels":{"z":"y","a":"b\u0000"}}"""),
            ("/netctl/containers/create", "Hostname", """{"Hostname":"a.b\u0000"}"""),
            ("/netctl/containers/create", "User", """{"Cmd":["true"],"User":"root\u0000"}"""),
            ("/netctl/containers/create", "Cmd", """{"Cmd":["\u0000"]}"""),
            ("/netctl/containers/create", "Cmd", """{"Cmd":["true","a\u0000b"]}"""),
            ("/netctl/containers/create", "Dns", """{"Dns":["1.1.1.1\u0000"]}"""),
            ("/netctl/containers/create", "DnsSearch", """{"DnsSearch":["a\u0000"]}"""),
            ("/netctl/containers/create", "DnsOptions", """{"DnsOptions":["ndots:1\u0000"]}"""),
            ("/netctl/containers/create", "ExtraHosts", """{"ExtraHosts":["a\u0000:1.1.1.1"]}"""),
            ("/netctl/containers/create", "NetworkAliases", """{"NetworkAliases":["a\u0000"]}"""),
            ("/netctl/containers/create", "Networks", """{"Networks":["net0\u0000"]}"""),
            ("/netctl/containers/create", "NamespacePath", """{"NamespacePath":"/run/netns/a\u0000"}"""),
            ("/netctl/containers/create", "Links", """{"Links":["c:a\u0000"]}"""),
            ("/netctl/containers/create", "Healthcheck.Test", """{"Cmd":["true"],"Healthcheck":{"Test":["CMD-SHELL","a\u0000b"]}}"""),
            (
                "/netctl/containers/create", "LogConfig.Config.max-size",
                """{"Cmd":["true"],"LogConfig":{"Config":{"max-size":"1m\u0000"}}}"""),
            ("/netctl/containers/create", "a name in LogConfig.Config", """{"Cmd":["true"],"LogConfig":{"Config":{"\u0000":"1"}}}"""),
            ("/netctl/containers/create", "a name in Sysctls", """{"Sysctls":{"net.ipv4.ip_forward\u0000":"1"}}"""),
            ("/netctl/containers/create", "a name", """{"\u0000":"1"}"""),
            ("/containers/c/exec", "WorkingDir", """{"Cmd":["true"],"WorkingDir":"/tmp\u0000"}"""),
            ("/containers/c/exec", "DetachKeys", """{"Cmd":["true"],"DetachKeys":"ctrl-a\u0000"}"""),
        ];
        foreach ((string path, string place, string body) in cases)
        {
            (int status, string answer) = Post(host, path, body);
            Assert.Equal(400, status);
            Assert.Equal(
                $$"""{"message":"the request's body has a NUL character (\\u0000) in {{place}}, which no text may have; leave it out"}""",
                answer.TrimEnd());
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Single(host.NetctlOk("ps", "-aq").Split('\n'));
        Assert.Equal("bridge host net0 none", host.NetctlOk("network", "ls", "--format", "{{.Name}}").Replace('\n', ' '));

        // A name that is no UTF-8 can only be written by a shell.
        string notText = host.Shell(
            """printf '{"Name":"y","Labels":{"\377":"1"}}' | curl -s -o /dev/null -w '%{http_code}' --data-binary @- """
                + $"-H 'Content-Type: application/json' --unix-socket {host.Socket} http://netctl/networks/create");
        Assert.Equal("400", notText);

        // What is written is no NUL character: a backslash, and five characters after it.
        Assert.Equal(201, Post(host, "/networks/create", """{"Name":"x","Labels":{"a":"\\u0000"}}""").Status);
        Assert.Equal("""\u0000""", host.NetctlOk("network", "inspect", "-f", "{{.Labels.a}}", "x"));
    }

    [KernelFact]
    public void The_container_list_takes_docker_s_limit_and_clients_that_say_nothing_hold_nobody_up()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("create", "--name", "older");
        host.NetctlOk("create", "--name", "newer");
        using System.Diagnostics.Process silent = host.Start("python3", "-c",
            $"import socket,time; s=[socket.socket(socket.AF_UNIX) for _ in range(200)]; [c.connect('{host.Socket}') for c in s]; " +
            "print('ready', flush=True); time.sleep(1000)");
        Assert.Equal("ready", silent.StandardOutput.ReadLine());

        string newest = host.Shell($"curl -s --unix-socket {host.Socket} 'http://netctl/v1.47/containers/json?limit=1'");
        Assert.Contains("/newer", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("/older", newest, StringComparison.Ordinal);
        silent.Kill();
    }

    private static (int Status, string Answer) Post(TestHost host, string path, string body)
    {
        string file = Path.Combine(host.Root, "body");
        File.WriteAllText(file, body, new UTF8Encoding(false));
        string answer =
            host.Shell($"curl -s -m 20 -w '\\n%{{http_code}}' --unix-socket {host.Socket} --data-binary @{file} http://netctl{path}");
        int end = answer.LastIndexOf('\n');
        return (int.Parse(answer[(end + 1)..], System.Globalization.CultureInfo.InvariantCulture), answer[..end]);
    }
}
