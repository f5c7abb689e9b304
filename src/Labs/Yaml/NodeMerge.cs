namespace Net.Labs.Yaml;

/// <summary>Lays one Compose file over another: mappings are joined key by key, lists are joined without what is there already, everything
/// else is replaced. What is written as nothing leaves a mapping or list below it as it is; <c>!reset</c> removes it.</summary>
/// <remarks>Source: Compose specification, "Merge".</remarks>
public static class NodeMerge
{
    private const string Any = "*";

    // A command is one thing, not a list of things.
    private static readonly string[][] Replaced =
    [
        ["services", Any, "command"], ["services", Any, "entrypoint"], ["services", Any, "healthcheck", "test"],
    ];

    // One text alone is a list of one.
    private static readonly string[][] TextsOrOne =
    [
        ["services", Any, "dns"], ["services", Any, "dns_search"], ["services", Any, "dns_opt"], ["services", Any, "env_file"],
    ];

    // Mappings that may be written as lists, and what stands between a name and its value there: nothing where there are names alone.
    private static readonly (string[] Path, string Separators)[] Pairs =
    [
        (["services", Any, "environment"], "="), (["services", Any, "labels"], "="), (["services", Any, "sysctls"], "="),
        (["services", Any, "extra_hosts"], "=:"), (["services", Any, "depends_on"], ""), (["services", Any, "networks"], ""),
        (["networks", Any, "labels"], "="),
    ];

    // Pools are told apart by their subnet.
    private static readonly string[] Pools = ["networks", Any, "ipam", "config"];

    /// <summary>Lays a whole file over another.</summary>
    /// <param name="below">The earlier file.</param>
    /// <param name="above">The later file.</param>
    /// <returns>What both make together.</returns>
    public static Mapping Merge(Mapping below, Mapping above) => MergeMappings(below, above, []);

    /// <summary>Lays a service over the one that it extends.</summary>
    /// <param name="below">The service that is extended.</param>
    /// <param name="above">The service that extends it.</param>
    /// <returns>What both make together.</returns>
    public static Node MergeServices(Node below, Node above) => Merge(below, above, ["services", Any]);

    private static Node Merge(Node below, Node above, string[] path)
    {
        if (above.Precedence == Precedence.Override || Replaced.Any(pattern => Matches(pattern, path)))
        {
            return above;
        }

        return (Shaped(below, path), Shaped(above, path)) switch
        {
            (Mapping low, Mapping high) => MergeMappings(low, high, path),
            (Mapping or Sequence, Scalar { IsNull: true }) => below,
            (Sequence low, Sequence high) when Matches(Pools, path) => MergePools(low, high, path),
            (Sequence low, Sequence high) => high with { Items = [.. low.Items, .. high.Items.Where(item => IsNew(item, low))] },
            _ => above,
        };
    }

    private static Mapping MergeMappings(Mapping below, Mapping above, string[] path)
    {
        var entries = new List<Entry>();
        foreach (Entry entry in below.Entries)
        {
            Node? over = above[entry.Key.Text];
            if (over is null)
            {
                entries.Add(entry);
            }
            else if (over.Precedence != Precedence.Reset)
            {
                entries.Add(new Entry(entry.Key, Merge(entry.Value, over, [.. path, entry.Key.Text])));
            }
        }

        entries.AddRange(above.Entries.Where(entry => below[entry.Key.Text] is null && entry.Value.Precedence != Precedence.Reset));
        return above with { Entries = entries };
    }

    private static Sequence MergePools(Sequence below, Sequence above, string[] path)
    {
        List<Node> pools = [.. below.Items];
        foreach (Node pool in above.Items)
        {
            int same = SubnetOf(pool) is { } subnet ? pools.FindIndex(other => SubnetOf(other) == subnet) : -1;
            if (same >= 0)
            {
                pools[same] = MergeMappings((Mapping)pools[same], (Mapping)pool, path);
            }
            else
            {
                pools.Add(pool);
            }
        }

        return above with { Items = pools };
    }

    private static string? SubnetOf(Node pool) => ((pool as Mapping)?["subnet"] as Scalar)?.Text;

    private static bool IsNew(Node item, Sequence below) =>
        item is not Scalar scalar || !below.Items.Any(other => other is Scalar known && known.Text == scalar.Text);

    private static Node Shaped(Node node, string[] path)
    {
        if (node is Scalar { IsNull: false } && TextsOrOne.Any(pattern => Matches(pattern, path)))
        {
            return new Sequence(node.Place, [node]);
        }

        return node is Sequence sequence && sequence.Items.All(static item => item is Scalar)
            && Pairs.FirstOrDefault(pair => Matches(pair.Path, path)) is { Path: not null } form
                ? new Mapping(
                    node.Place,
                    [.. sequence.Items.Cast<Scalar>().Select(item => PairOf(item, form.Separators))
                        .GroupBy(static entry => entry.Key.Text).Select(static same => same.Last())])
                : node;
    }

    private static Entry PairOf(Scalar item, string separators)
    {
        int at = item.Text.AsSpan().IndexOfAny(separators);
        return at < 0
            ? new Entry(item, new Scalar(item.Place, "", IsPlain: true))
            : new Entry(item with { Text = item.Text[..at] }, new Scalar(item.Place, item.Text[(at + 1)..], IsPlain: false));
    }

    private static bool Matches(string[] pattern, string[] path) =>
        pattern.Length == path.Length && pattern.Zip(path).All(pair => pair.First is Any || pair.First == pair.Second);
}
