using Net.Tests.EndToEnd.Labs;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Documents;

/// <summary>The examples of the manual's pages, which are those of the commands' help: each does what it is for on a host that has what it
/// speaks of.</summary>
public sealed class ExampleTests
{
    // What takes long or needs virtual machines is run elsewhere: the file that does so, and the words in it that do.
    private static readonly (string Example, string File, string Words)[] Elsewhere =
    [
        ("netctl lab run all", "tests/EndToEnd/Labs/LabRunTests.cs", "machine.LabOk(\"run\", \"--write\", folder)"),
        ("netctl lab run --vm 04 10", "netlab/vm/test.sh", "netctl lab run --vm 02 04 10"),
    ];

    // They are run in this order, which brings a lab up and down; the fifth is no example.
    private static readonly string[] LabLines =
    [
        "netctl lab list", "netctl lab start 04", "netctl lab hint", "netctl lab solve --show", "netctl lab solve --all",
        "netctl lab check", "netctl lab shell client curl http://192.0.2.1:8080/", "netctl lab shell client", "netctl lab stop",
        "netctl lab run 04", "netctl lab run --keep netlab/labs/04-published-ports", "netctl lab start 04", "netctl lab solve",
        "netctl lab stop --all",
    ];

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
        ("netctl compose logs", "netctl compose up -d 2>/dev/null"),
        ("netctl compose ps", "netctl compose up -d 2>/dev/null"),
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

        string[] examples = [.. Examples().Where(one => !IsOfLabs(one) && !IsDaemon(one))];
        Assert.True(examples.Length > 60, $"{examples.Length} examples were found");
        Assert.All(examples, one => Try(host, folder, one));
    }

    [ProgramFact("busybox")]
    public void Every_example_of_the_daemon_works()
    {
        string[] examples = [.. Examples().Where(IsDaemon)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            using TestHost host = TestHost.Create();
            string folder = Directory.CreateDirectory(Path.Combine(host.Root, "daemon")).FullName;
            File.CreateSymbolicLink(Path.Combine(folder, "netctl"), LabMachine.Binary);
            File.WriteAllText(Path.Combine(folder, "netctl.json"), "{\"mtu\": 1400}\n");
            File.WriteAllText(Path.Combine(folder, "example"), $"timeout 6 {example} >said 2>&1\n");

            // Folders and a network of its own, since it takes those that a daemon has by itself.
            Output output = host.Run(
                "unshare", "--net", "--mount", "--propagation", "private", "sh", "-ec",
                """
                ip link set lo up
                mount -t tmpfs tmpfs /run
                mount -t tmpfs tmpfs /var/lib
                cd "$0"
                PATH=$PWD:$PATH sh ./example
                """,
                folder);
            string said = File.ReadAllText(Path.Combine(folder, "said"));
            Assert.True(output.ExitCode == 124, $"{example}: {output}{said}");
            Assert.Contains("ready on ", said, StringComparison.Ordinal);
        });
    }

    [ProgramFact("busybox")]
    public void Every_example_of_the_labs_works_here_or_where_it_is_said_to()
    {
        Assert.Empty(Examples().Where(IsOfLabs).Except(LabLines).Except(Elsewhere.Select(one => one.Example)));
        Assert.All(Elsewhere, one => Assert.Contains(
            one.Words, File.ReadAllText(Path.Combine(TestHost.RepositoryRoot(), one.File)), StringComparison.Ordinal));

        using LabMachine machine = LabMachine.Create();
        string programs = Directory.CreateDirectory(Path.Combine(machine.Root, "programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "netctl"), LabMachine.Binary);
        Assert.All(LabLines, line =>
        {
            File.WriteAllText(Path.Combine(programs, "example"), $"timeout --foreground 120 {line}\n");
            CommandResult result = machine.Run(
                "sh", "-c", "cd \"$1\"; PATH=$0:$PATH; echo exit | TERM=xterm script -qefc \"sh $0/example\" /dev/null",
                programs, TestHost.RepositoryRoot());
            Assert.True(result.ExitCode == 0, $"{line}: {result}");
        });
    }

    private static bool IsOfLabs(string example) => example.StartsWith("netctl lab ", StringComparison.Ordinal);

    private static bool IsDaemon(string example) => example.StartsWith("netctl daemon ", StringComparison.Ordinal);

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
        Assert.True(output.ExitCode == (isEndless ? 124 : 0), $"{example}: {output}\n{host.DaemonLog}");
    }

    private static IEnumerable<string> Examples() =>
        Directory.EnumerateFiles(Path.Combine(TestHost.RepositoryRoot(), "docs", "reference"), "*.md").Order(StringComparer.Ordinal)
            .SelectMany(page => File.ReadLines(page).SkipWhile(line => line != "## Examples").TakeWhile(line => line != "## See also")
                .Where(line => line.StartsWith("netctl ", StringComparison.Ordinal)));
}
