using System.Text.Json;
using System.Text.RegularExpressions;
using Net.Tests.EndToEnd.DockerComparison;

namespace Net.Tests.EndToEnd.Engine.DriverComparison;

/// <summary>Containers on networks of one driver, and what a stock Engine, its containers and the machine outside say of them, as lines
/// that can be compared with those of another driver.</summary>
/// <remarks>The subnets are given, so addresses are the same with both drivers. Ids and MAC addresses are not shown.</remarks>
internal sealed partial class DriverScenario(TestHost host, DockerDaemon docker, string driver)
{
    private static readonly string[] Containers = ["web", "db", "cache", "alone"];

    private readonly List<string> _lines = [];
    private readonly Dictionary<string, string> _processes = [];

    /// <summary>Makes the containers, asks all questions, and removes the containers.</summary>
    public IReadOnlyList<string> Run()
    {
        Make();
        AskWhoReachesWhom();
        AskNames();
        AskFiles();
        AskEngine();
        Ok("restart", "-t", "0", "web");
        _processes.Clear();
        AskWhoReachesWhom();
        Ok("network", "disconnect", "back", "db");
        AskInside("db");
        AskEngine();
        Ok(["rm", "-f", .. Containers]);
        Ok("network", "rm", "front", "back", "other");
        return _lines;
    }

    private void Make()
    {
        string[] ours = ["-d", driver, .. driver == "netctl" ? (string[])["--ipam-driver", "netctl"] : []];
        Ok(["network", "create", .. ours, "--subnet", "10.77.0.0/24", "-o", "com.docker.network.driver.mtu=1400", "front"]);
        Ok(["network", "create", .. ours, "--subnet", "10.78.0.0/24", "--internal", "back"]);
        Ok(["network", "create", .. ours, "--subnet", "10.79.0.0/24", "--gateway", "10.79.0.254", "other"]);
        Run("db", "front", "--hostname", "database", "--expose", "5432");
        Run("web", "front", "-p", "8080:80", "-p", "127.0.0.1:8081:81", "-p", "9000-9001:90-91/udp", "--network-alias", "site",
            "--link", "db:store", "--mac-address", "02:11:22:33:44:55");
        Run("cache", "back", "--ip", "10.78.0.50");
        Run("alone", "other", "--add-host", "printer:192.0.2.40", "--dns", "192.0.2.2");
        Ok("network", "connect", "--alias", "rows", "back", "db");
    }

    private void Run(string name, string network, params string[] options) =>
        Ok(["run", "-d", "--name", name, "--network", network, .. options, DockerDaemon.Image, "sleep", "1000"]);

    // Each container, the host and the machine outside try port 80 of each container on each of its networks, and the published ports.
    private void AskWhoReachesWhom()
    {
        (string Name, string Place)[] targets =
        [
            ("web", $"{Address("web", "front")} 80"),
            ("db", $"{Address("db", "front")} 80"),
            ("db on back", $"{Address("db", "back")} 80"),
            ("cache", $"{Address("cache", "back")} 80"),
            ("alone", $"{Address("alone", "other")} 80"),
            .. new[] { "192.0.2.1 8080", "192.0.2.1 8081", "127.0.0.1 8081", "192.0.2.2 22" }.Select(place => (place, place)),
        ];
        string listen = string.Concat(Containers.SelectMany(container => new[] { 80, 81 }.Select(port =>
            $"""
            nsenter -t {Pid(container)} -n timeout 300 nc -l -k -p {port} >/dev/null </dev/null & listeners="$listeners $!"
            until nsenter -t {Pid(container)} -n ss -Hltn 'sport = :{port}' | grep -q .; do sleep 0.02; done

            """)));
        (string Name, string Command)[] from =
        [
            .. Containers.Select(container => (container, $"nsenter -t {Pid(container)} -n")),
            ("host", ""),
            ("outside", "ip netns exec outside"),
        ];
        string ask = string.Concat(from.SelectMany(source => targets.Select(target =>
            $"""
            verb="does not reach"
            ( for seconds in 2 8; do {source.Command} nc -d -z -w $seconds {target.Place} 2>/dev/null && verb=reaches && break; done
              echo "{source.Name} $verb {target.Name}" ) & asked="$asked $!"

            """)));
        string answers = host.Shell(
            $"""
            ip netns exec outside timeout 300 nc -l -k -p 22 >/dev/null </dev/null & listeners="$!"
            until ip netns exec outside ss -Hltn 'sport = :22' | grep -q .; do sleep 0.02; done
            {listen}
            {ask}
            wait $asked
            kill $listeners
            """);
        Say("reach", answers.Split('\n'));
    }

    private string Address(string container, string network) =>
        Ok("inspect", "-f", $"{{{{.NetworkSettings.Networks.{network}.IPAddress}}}}", container);

    // All questions of all containers at once: a name that nobody knows takes the time that its servers are waited for.
    private void AskNames()
    {
        string[] questions =
        [
            "web", "site", "db", "store", "rows", "database", "cache", "alone", "db.front", "WEB", "-x 10.77.0.2", "-x 10.77.0.3",
            "-x 10.78.0.50",
        ];
        string ask = string.Concat(Containers.SelectMany(container => questions.Select(question =>
            $"""
            ( nsenter -t {Pid(container)} -n dig +short +time=10 +tries=1 @127.0.0.11 {question} |
              grep -v '^;' | sed 's/^/{container} asks for {question}: /' ) &

            """)));
        Say("names", host.Shell($"{ask}\nwait").Split('\n'));
    }

    private void AskFiles()
    {
        foreach (string container in Containers)
        {
            AskInside(container);
        }
    }

    private void AskInside(string container)
    {
        foreach (string command in
            (string[])["cat /etc/hosts", "cat /etc/resolv.conf", "hostname", "ip -o addr", "ip route", "ip -6 route"])
        {
            Say($"{container}: {command}", Ok(["exec", container, .. command.Split(' ')]).Split('\n'));
        }
    }

    private void AskEngine()
    {
        foreach (string container in Containers)
        {
            Say($"inspect {container}", Fields(Ok("inspect", "-f", "{{json .NetworkSettings}}", container)));
            Say($"inspect {container}", Fields(Ok("inspect", "-f", "{{json .HostConfig.PortBindings}}", container)));
            Say($"port {container}", Ok("port", container).Split('\n'));
        }

        foreach (string network in (string[])["front", "back", "other"])
        {
            Say($"network inspect {network}", Fields(Ok("network", "inspect", "-f", "{{json .}}", network)));
        }

        Say("network ls", Ok("network", "ls", "--format", "{{.Name}} {{.Driver}} {{.Scope}}").Split('\n'));
        Say("ps", Ok("ps", "--format", "{{.Names}} {{.Networks}} {{.Ports}}").Split('\n'));
    }

    // Each field of a document as a line. Lists are in the order of what is in them, once that is evened out.
    private static IEnumerable<string> Fields(string json) => Fields("", JsonDocument.Parse(json).RootElement);

    private static IEnumerable<string> Fields(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() =>
            value.EnumerateObject().SelectMany(field => Fields($"{path}.{field.Name}", field.Value)),
        JsonValueKind.Array when value.GetArrayLength() > 0 => value.EnumerateArray()
            .OrderBy(item => Evened(item.GetRawText()), StringComparer.Ordinal)
            .SelectMany((item, index) => Fields($"{path}[{index}]", item)),
        _ when path == ".Created" => [],
        _ => [$"{path} {value.GetRawText()}"],
    };

    private void Say(string question, IEnumerable<string> answer)
    {
        foreach (string line in answer)
        {
            _lines.Add($"{question}: {Evened(line)}");
        }
    }

    // Without what is another each time: ids, the MAC addresses that were not asked for, numbers of interfaces, lifetimes of a route.
    private static string Evened(string line)
    {
        line = Id().Replace(line, "ID");
        line = Mac().Replace(line, mac => mac.Value == "02:11:22:33:44:55" ? mac.Value : "MAC");
        line = LinkLocal().Replace(line, "fe80::INTERFACE");
        line = Peer().Replace(line, "@if");
        return Index().Replace(line, "");
    }

    private string Pid(string container) =>
        _processes.TryGetValue(container, out string? id) ? id
        : _processes[container] = Ok("inspect", "-f", "{{.State.Pid}}", container);

    private string Ok(params string[] arguments)
    {
        Output output = docker.Docker(arguments);
        Assert.True(output.ExitCode == 0, $"-d {driver}: docker {string.Join(' ', arguments)}: {output}");
        return output.StandardOutput.TrimEnd('\n');
    }

    [GeneratedRegex(@"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")]
    private static partial Regex Mac();

    [GeneratedRegex(@"\bfe80::[0-9a-f:]+[0-9a-f]")]
    private static partial Regex LinkLocal();

    [GeneratedRegex(@"@if\d+")]
    private static partial Regex Peer();

    [GeneratedRegex(@"^\d+: ")]
    private static partial Regex Index();
}
