using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>A host at one moment: what netctl says of networks and containers, and what the kernel has, in the host's namespace and, once
/// they were looked into, in those of containers.</summary>
internal sealed class HostView
{
    // Counters and the packet counts of policies are left out: they differ though nothing has happened.
    private const string AskScript =
        """
        printf '{"containers":'; ids=$("$NETCTL" ps -aq --no-trunc)
        if [ -n "$ids" ]; then "$NETCTL" inspect --type container $ids; else printf '[]'; fi
        printf ',"networks":'; "$NETCTL" network inspect $("$NETCTL" network ls -q --no-trunc)
        printf ',"rules":"%s"' "$({ iptables-save; ip6tables-save; nft -s list ruleset; } 2>/dev/null \
          | grep -v -e '^#' -e '^:' | sed 's/^[[:space:]]*//' | base64 -w0)"
        printf ',"sockets":"%s"' "$(ss -Hltun | awk '{print $1, $5}' | sort | base64 -w0)"
        printf ',"host":'
        """;

    private const string LookScript =
        """
        printf '{"ns":"%s","links":' "$(readlink /proc/self/ns/net)"; ip -j -d address
        printf ',"hosts":"%s"' "$(base64 -w0 </etc/hosts)"
        printf ',"routes":'; r=$(ip -j route); printf '%s' "${r:-[]}"
        printf ',"routes6":'; r=$(ip -j -6 route); printf '%s}' "${r:-[]}"
        """;

    private readonly JsonNode _answers;
    private readonly Dictionary<string, NamespaceView> _inside = [];

    private HostView(JsonNode answers)
    {
        _answers = answers;
        Host = new NamespaceView(answers["host"]!);
        Rules = Decode("rules");
    }

    public JsonArray Containers => _answers["containers"]!.AsArray();

    public JsonArray Networks => _answers["networks"]!.AsArray();

    public NamespaceView Host { get; }

    /// <summary>The rules of iptables and nftables, a line a rule, without counters.</summary>
    public string Rules { get; }

    /// <summary>The containers that were looked into, by name.</summary>
    public IReadOnlyDictionary<string, NamespaceView> Inside => _inside;

    /// <summary>All of it as lines to compare with those of another moment.</summary>
    public IReadOnlyCollection<string> Lines =>
    [
        .. Containers.Concat(Networks).SelectMany(
            thing => thing!.ToJsonString(Indented).Split('\n').Select(line => $"{thing["Name"]}: {line.Trim()}")),
        .. Rules.Split('\n').Order(StringComparer.Ordinal),
        .. Decode("sockets").Split('\n'),
        .. Host.Lines.Select(line => $"host: {line}"),
        .. _inside.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.Lines.Select(line => $"in {entry.Key}: {line}")),
    ];

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    /// <summary>Asks netctl, and looks at the host.</summary>
    public static HostView Take(TestHost host)
    {
        Output output = host.Run("sh", "-ec", $"{AskScript}\n{LookScript}\nprintf '}}'");
        Assert.True(output.ExitCode == 0, $"{output}");
        return new HostView(JsonNode.Parse(output.StandardOutput)!);
    }

    /// <summary>Looks into the namespaces of containers that run.</summary>
    public void LookInside(TestHost host, IEnumerable<ModelContainer> running)
    {
        var lines = new List<string> { "printf '['" };
        foreach (ModelContainer container in running)
        {
            lines.Add(_inside.Count == 0 ? "" : "printf ','");
            string place = container.HasCommand
                ? $"-n -m -t {AnswerOf(container)["State"]!["Pid"]}"
                : $"--net=/run/netns/{ContainerSteps.Namespace(container)}";
            lines.Add($"nsenter {place} sh -ec '{LookScript.Replace("'", "'\\''", StringComparison.Ordinal)}'");
            _inside[container.Name] = Host;
        }

        lines.Add("printf ']'");
        JsonArray spaces = JsonNode.Parse(host.Shell(string.Join('\n', lines)))!.AsArray();
        foreach ((ModelContainer container, JsonNode? space) in running.Zip(spaces))
        {
            _inside[container.Name] = new NamespaceView(space!);
        }
    }

    public JsonNode AnswerOf(ModelContainer container) => Named(Containers, container.Name);

    public JsonNode AnswerOf(ModelNetwork network) => Named(Networks, network.Name);

    /// <summary>What netctl says of a container's place on a network.</summary>
    public JsonNode AnswerOf(ModelContainer container, ModelNetwork network) =>
        AnswerOf(container)["NetworkSettings"]![nameof(Networks)]![network.Name]!;

    /// <summary>The addresses of a container on a network, IPv4 first.</summary>
    public string[] AddressesOf(ModelContainer container, ModelNetwork network) =>
        AnswerOf(container, network) is var place
            ? [.. ((string[])[Text(place, "IPAddress"), Text(place, "GlobalIPv6Address")]).Where(address => address.Length > 0)]
            : [];

    /// <summary>The host name that a container has if none was asked for.</summary>
    public string HostNameOf(ModelContainer container) => Text(AnswerOf(container), "Id")[..12];

    public static string Text(JsonNode? node, string property) => (string?)node?[property] ?? "";

    private static JsonNode Named(JsonArray things, string name) =>
        things.Single(thing => Text(thing, "Name").TrimStart('/') == name)!;

    private string Decode(string property) => Encoding.UTF8.GetString(Convert.FromBase64String(Text(_answers, property)));
}
