using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Documents;

/// <summary>The examples of the manual's pages, which are those of the commands' help: each does what it is for on a host that has what it
/// speaks of.</summary>
public sealed class ExampleTests
{
    /// <summary>What is run elsewhere, and where: it needs a daemon of its own, a lab, or virtual machines.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["netctl daemon"] = "tests/EndToEnd/DaemonSettingTests.cs",
        ["netctl lab"] = "tests/EndToEnd/Labs",
    };

    // How an example begins, and what the host needs to have or must not have before.
    private static readonly (string Example, string Before)[] Needs =
    [
        ("netctl network create --subnet", "all web app; netctl network rm front"),
        ("netctl network create --ipv6", "all app; netctl network rm back"),
        ("netctl network rm", "netctl rm -f web app db"),
        ("netctl network connect", "netctl network disconnect back app"),
        ("netctl create --name web", "netctl rm -f web"),
        ("netctl run -d --name web", "netctl rm -f web"),
        ("netctl rm --link web/db", "netctl rm -f web; netctl network connect bridge db; netctl run -d --name web --link db:db sleep 1000"),
        ("netctl start -ai shell", "netctl create -it --name shell sh -c 'exit 0'"),
        ("netctl start web", "netctl stop -t 0 web"),
        ("netctl unpause web", "netctl pause web"),
        ("netctl unpublish web", "netctl publish web 8443:443 2>/dev/null || true"),
        ("netctl wait web", "{ sleep 1; netctl kill web; } >/dev/null 2>&1 &"),
        ("netctl kill -s HUP web", "netctl rm -f web; netctl run -d --name web sh -c 'trap : HUP; sleep 1000'"),
        ("netctl compose -p shop down", "netctl compose -p shop up -d 2>/dev/null"),
        ("netctl compose port", "netctl compose up -d 2>/dev/null"),
    ];

    // They go on until they are interrupted, as the person in front of the terminal does.
    private static readonly string[] Endless =
    [
        "netctl logs -f", "netctl events", "netctl attach", "netctl graph --watch", "netctl dns log -f", "netctl stats --format",
        "netctl compose logs -f", "netctl compose -f shop.yaml -f lab.yaml up",
    ];

    private const string World =
        """
        mkdir -p "$0"
        cd "$0"
        for network in front back; do
          netctl network inspect $network >/dev/null 2>&1 || netctl network create $network
        done
        has() { [ "$(netctl inspect --type container --format '{{.State.Status}}' "$1" 2>/dev/null)" = running ]; }
        for one in $(netctl ps -a --format '{{.Names}}'); do
          case $one in web | app | db) ;; *) netctl rm -f "$one" ;; esac
        done
        make() { name=$1; shift; has $name || { netctl rm -f $name 2>/dev/null; netctl run -d --name $name "$@"; }; }
        make web --network front -p 8080:80 busybox httpd -f -p 80
        make app --network front sleep 1000
        make db --network back sleep 1000
        netctl network connect back app 2>/dev/null || true
        """;

    private const string Compose =
        """
        services:
          web: {command: busybox httpd -f -p 80, ports: ["18080:80"]}
          db: {command: sleep 1000}
        """;

    [ProgramFact("busybox")]
    public void Every_example_of_the_manual_works()
    {
        using TestHost host = TestHost.Create();
        string folder = Path.Combine(host.Root, "world");
        host.Programs = Path.Combine(host.Root, "programs");
        host.OwnEtc();
        host.Shell(
            $"""
            mkdir {host.Programs} {folder}
            ln -s $NETCTL {host.Programs}/netctl
            echo nameserver 192.0.2.1 >/etc/resolv.conf
            dnsmasq --no-resolv --no-hosts --listen-address=192.0.2.1 --bind-interfaces --pid-file={host.Root}/dnsmasq.pid \
              --mx-host=example.org,mail.example.org,10
            """);
        host.StartDaemon();
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), Compose);
        File.WriteAllText(Path.Combine(folder, "shop.yaml"), "services: {web: {command: sleep 1000}}\n");
        File.WriteAllText(Path.Combine(folder, "lab.yaml"), "services: {web: {labels: {more: \"yes\"}}}\n");

        (string Page, string Text)[] examples = [.. Examples().Where(one => !Elsewhere.Keys.Any(one.Text.StartsWith))];
        Assert.True(examples.Length > 60, $"{examples.Length} examples were found");
        Assert.All(examples, one => Try(host, folder, one.Text));
    }

    private static void Try(TestHost host, string folder, string example)
    {
        string before = Needs.FirstOrDefault(need => example.StartsWith(need.Example, StringComparison.Ordinal)).Before ?? "true";
        Output world = host.Run("sh", "-c", $"{World}\nall() {{ netctl rm -f \"$@\" db; }}\n{before}", folder);
        Assert.True(world.ExitCode == 0, $"{example}: before it: {world}\n{host.DaemonLog}");

        bool isEndless = Endless.Any(one => example.StartsWith(one, StringComparison.Ordinal));
        string limit = isEndless ? "timeout --foreground -s INT 2" : "timeout --foreground 30";
        File.WriteAllText(Path.Combine(folder, "example"), $"{limit} {example}\n");
        string answer = example == "netctl system reset" ? "echo y | "
            : example.EndsWith(" sh", StringComparison.Ordinal) ? "echo exit | "
            : "";
        Output output = host.Run("sh", "-c", $"cd \"$0\" && {answer}script -qefc 'sh ./example' /dev/null", folder);
        Assert.True(
            output.ExitCode == 0 || (isEndless && output.ExitCode is 124 or 130),
            $"{example}: {output}\n{host.DaemonLog}");
    }

    private static IEnumerable<(string Page, string Text)> Examples() =>
        Directory.EnumerateFiles(Path.Combine(TestHost.RepositoryRoot(), "docs", "reference"), "*.md").Order(StringComparer.Ordinal)
            .SelectMany(page => File.ReadLines(page).SkipWhile(line => line != "## Examples").TakeWhile(line => line != "## See also")
                .Where(line => line.StartsWith("netctl ", StringComparison.Ordinal))
                .Select(line => (Path.GetFileName(page), line)));
}
