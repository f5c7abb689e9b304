using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Compares the model with what netctl says and with what the kernel has.</summary>
internal sealed class Witness(TestHost host, Model model, string plugin)
{
    private const string Group = "28515";

    // The networks and containers as netctl says they are, then each namespace as the kernel has it, as one JSON document.
    private const string Script =
        """
        look() { printf '"%s":{"ns":"%s","links":' "$1" "$(readlink /proc/self/ns/net)"; ip -j -d address
          printf ',"routes":'; r=$(ip -j route); printf '%s}' "${r:-[]}"; }
        printf '{"containers":'; ids=$("$NETCTL" ps -aq --no-trunc)
        if [ -n "$ids" ]; then "$NETCTL" inspect --type container $ids; else printf '[]'; fi
        printf ',"networks":'; "$NETCTL" network inspect $("$NETCTL" network ls -q --no-trunc)
        printf ',"ports":"%s",' "$({ iptables-save; nft list ruleset; } 2>/dev/null | grep -oE '\b284[0-9]{2}\b' | sort -u | tr '\n' ' ')"
        look host
        """;

    private const string Inside =
        """
        printf ',"%s":{"ns":"%s","links":' "$1" "$(readlink /proc/self/ns/net)"; ip -j -d address
        printf ',"routes":'; r=$(ip -j route); printf '%s}' "${r:-[]}"
        """;

    /// <summary>Demands that the three agree.</summary>
    public void Check()
    {
        JsonNode answers = Ask();
        JsonArray containers = answers["containers"]!.AsArray();
        JsonArray networks = answers["networks"]!.AsArray();
        Assert.Equal(
            model.Containers.Select(c => $"{c.Name} {(c.IsRunning ? "up" : "down")}").Order(),
            containers.Select(c => $"{Text(c, "Name").TrimStart('/')} {((bool)c!["State"]!["Running"]! ? "up" : "down")}").Order());
        Assert.Equal(
            model.Networks.Select(n => n.Name).Concat(["host", "none"]).Order(), networks.Select(n => Text(n, "Name")).Order());

        JsonNode kernel = Look(containers, answers);
        foreach (ModelContainer container in model.Containers)
        {
            CheckContainer(container, Named(containers, container.Name), kernel);
        }

        int ours = model.Networks.Sum(network => CheckNetwork(network, Named(networks, network.Name), kernel["host"]!));
        Assert.Equal(ours, kernel["host"]!["links"]!.AsArray().Count(link => (string?)link!["group"] == Group));
        Assert.Equal(
            model.Running.Where(IsPublished).Select(c => $"{c.Port}").Order(),
            ((string)answers["ports"]!).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    /// <summary>Demands that containers that run are known by their names and aliases to those on a network with them.</summary>
    public void CheckNames(Random random)
    {
        ModelContainer[] running = [.. model.Running.Where(c => c.Memberships.Any(m => !m.Network.IsDefault))];
        if (running.Length == 0)
        {
            return;
        }

        ModelContainer asks = running[random.Next(running.Length)];
        ModelMembership place = asks.Memberships.First(m => !m.Network.IsDefault);
        foreach (ModelContainer other in model.On(place.Network).Where(c => c != asks))
        {
            ModelMembership there = other.Memberships.Single(m => m.Network == place.Network);
            string address = host.NetctlOk("exec", other.Name, "ip", "-br", "-4", "address");
            foreach (string name in new[] { other.Name, there.Alias }.OfType<string>())
            {
                string[] found = host.Dig(asks.Name, name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.True(
                    found.Length > 0 && found.All(ip => address.Contains($" {ip}/", StringComparison.Ordinal)),
                    $"{asks.Name} finds {name} at \"{string.Join(' ', found)}\"; it has {address}");
            }
        }
    }

    private static bool IsPublished(ModelContainer container) =>
        container is { Port: not null, Gateway.Driver: "bridge" };

    private JsonNode Ask()
    {
        Output output = host.Run("sh", "-ec", $"{Script}; printf '}}'");
        Assert.True(output.ExitCode == 0, $"{output}");
        return JsonNode.Parse(output.StandardOutput)!;
    }

    private JsonNode Look(JsonArray containers, JsonNode answers)
    {
        var lines = new List<string> { "printf '{\"host\":null'" };
        foreach (ModelContainer container in model.Running)
        {
            string enter = container.Source == StackSource.Adopted
                ? $"--net=/run/netns/{RandomSteps.Namespace(container)}"
                : $"--net=/proc/{(int)Named(containers, container.Name)["State"]!["Pid"]!}/ns/net";
            lines.Add($"nsenter {enter} sh -ec '{Inside.Replace("'", "'\\''", StringComparison.Ordinal)}' sh {container.Name}");
        }

        lines.Add("printf '}'");
        JsonNode kernel = JsonNode.Parse(host.Shell(string.Join('\n', lines)))!;
        kernel["host"] = answers["host"]!.DeepClone();
        return kernel;
    }

    private void CheckContainer(ModelContainer container, JsonNode answer, JsonNode kernel)
    {
        Assert.Equal(
            container.Source is StackSource.Networks or StackSource.Adopted
                ? container.Memberships.Select(m => m.Network).Where(model.Networks.Contains).Select(n => n.Name).Order()
                : Predefined(container),
            answer["NetworkSettings"]!["Networks"]!.AsObject().Select(entry => entry.Key).Order());
        if (!container.IsRunning)
        {
            return;
        }

        JsonNode inside = kernel[container.Name]!;
        string space = Text(inside, "ns");
        Assert.Equal(container.Source == StackSource.Host, space == Text(kernel["host"], "ns"));
        switch (container.Source)
        {
            case StackSource.Host:
                return;
            case StackSource.Container when model.Shares(container):
                Assert.Equal(Text(kernel[container.Other!.Name], "ns"), space);
                return;
            case StackSource.Container or StackSource.None:
                Assert.Equal(["lo"], Links(inside).Select(link => Text(link, "ifname")));
                return;
        }

        Assert.Equal(container.Memberships.Count + 1, Links(inside).Count());
        foreach (ModelMembership membership in container.Memberships)
        {
            CheckMembership(membership, answer["NetworkSettings"]!["Networks"]![membership.Network.Name]!, inside);
        }

        string[] gateways =
        [
            .. inside["routes"]!.AsArray().Where(route => Text(route, "dst") == "default").Select(route => Text(route, "gateway")),
        ];
        Assert.Equal(
            container.Gateway is { IsDefault: false } way ? [$"10.50.{way.Number}.1"] : container.Gateway is null ? [] : gateways[..1],
            gateways);
    }

    private static string[] Predefined(ModelContainer container) => container.Source switch
    {
        StackSource.Host => ["host"],
        StackSource.None => ["none"],
        _ => [],
    };

    private static void CheckMembership(ModelMembership membership, JsonNode answer, JsonNode inside)
    {
        string address = Text(answer, "IPAddress");
        JsonNode link = Assert.Single(
            Links(inside), link => link["addr_info"]!.AsArray().Any(entry => Text(entry, "local") == address))!;
        Assert.Equal(Text(answer, "MacAddress"), Text(link, "address"));
        Assert.Equal(membership.Network.Driver == "macvlan" ? "macvlan" : "veth", (string?)link["linkinfo"]!["info_kind"]);
        Assert.Contains("UP", link["flags"]!.AsArray().Select(flag => (string)flag!));
        Assert.Equal(membership.Address ?? address, address);
        Assert.Equal(membership.Mac ?? Text(link, "address"), Text(link, "address"));
        if (!membership.Network.IsDefault)
        {
            Assert.StartsWith($"10.50.{membership.Network.Number}.", address, StringComparison.Ordinal);
        }

        string[] global =
        [
            .. link["addr_info"]!.AsArray().Where(e => Text(e, "family") == "inet6" && Text(e, "scope") == "global")
                .Select(e => Text(e, "local")),
        ];
        Assert.Equal(membership.Network.HasIPv6 ? [Text(answer, "GlobalIPv6Address")] : [], global);
        if (membership.Network.HasIPv6)
        {
            Assert.StartsWith($"fd50:{membership.Network.Number}::", global[0], StringComparison.Ordinal);
        }
    }

    /// <summary>Checks a network on the host; gives how many links of the host are ours by it.</summary>
    private int CheckNetwork(ModelNetwork network, JsonNode answer, JsonNode onHost)
    {
        ModelContainer[] members = [.. model.On(network)];
        Assert.Equal(
            members.Select(c => c.Name).Order(),
            answer["Containers"]!.AsObject().Select(entry => Text(entry.Value, "Name")).Order());
        string id = Text(answer, "Id");
        if (network.Driver == "macvlan")
        {
            return Links(onHost).Count(link => Text(link, "ifname") == $"dm-{id[..12]}" || Text(link, "ifname") == $"dp-{id[..12]}");
        }

        string bridge = network.IsDefault ? "netctl0" : network.Driver == plugin ? $"rb{id[..8]}" : $"br-{id[..12]}";
        JsonNode link = Assert.Single(Links(onHost), link => Text(link, "ifname") == bridge)!;
        if (!network.IsDefault)
        {
            Assert.Contains($"10.50.{network.Number}.1", link["addr_info"]!.AsArray().Select(entry => Text(entry, "local")));
        }

        Assert.Equal(members.Length, Links(onHost).Count(link => (string?)link["master"] == bridge));
        return network.Driver == plugin ? 0 : 1 + members.Length;
    }

    private static IEnumerable<JsonNode> Links(JsonNode space) => space["links"]!.AsArray().Select(link => link!);

    private static JsonNode Named(JsonArray things, string name) =>
        things.Single(thing => Text(thing, "Name").TrimStart('/') == name)!;

    private static string Text(JsonNode? node, string property) => (string?)node?[property] ?? "";
}
