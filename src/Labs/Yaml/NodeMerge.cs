namespace Net.Labs.Yaml;

/// <summary>Lays one file over another, as Compose does: mappings are joined key by key, lists are joined without what is there already,
/// everything else is replaced.</summary>
/// <remarks>Source: Compose specification, "Merge".</remarks>
public static class NodeMerge
{
    // A command is one thing, not a list of things.
    private static readonly HashSet<string> Replaced = new(StringComparer.Ordinal) { "command", "entrypoint", "test" };

    // One text alone is a list of one.
    private static readonly HashSet<string> TextsOrOne = new(StringComparer.Ordinal) { "dns", "dns_search", "dns_opt", "env_file" };

    // These are mappings that may be written as lists of KEY=VALUE, KEY:VALUE, or names alone.
    private static readonly HashSet<string> Pairs = new(StringComparer.Ordinal)
    {
        "environment", "labels", "sysctls", "driver_opts", "options", "extra_hosts", "depends_on", "networks",
    };

    /// <summary>Lays a value over another.</summary>
    /// <param name="below">The earlier file's value.</param>
    /// <param name="above">The later file's value.</param>
    /// <param name="key">The key that both are the value of; empty at the root.</param>
    /// <returns>What both make together.</returns>
    public static Node Merge(Node below, Node above, string key = "")
    {
        if (above.Precedence == Precedence.Override || Replaced.Contains(key))
        {
            return above;
        }

        return (Shaped(below, key), Shaped(above, key)) switch
        {
            (Mapping low, Mapping high) => Merge(low, high),
            (Sequence low, Sequence high) => new Sequence(above.Place, [.. low.Items, .. high.Items.Where(item => IsNew(item, low))]),
            (Sequence low, Scalar { IsNull: false } high) => Merge(low, new Sequence(high.Place, [high]), key),
            (Scalar { IsNull: false } low, Sequence high) when TextsOrOne.Contains(key) =>
                Merge(new Sequence(low.Place, [low]), high, key),
            _ => above,
        };
    }

    private static Mapping Merge(Mapping below, Mapping above)
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
                entries.Add(new Entry(entry.Key, Merge(entry.Value, over, entry.Key.Text)));
            }
        }

        entries.AddRange(above.Entries.Where(entry => below[entry.Key.Text] is null && entry.Value.Precedence != Precedence.Reset));
        return new Mapping(above.Place, entries);
    }

    private static bool IsNew(Node item, Sequence below) =>
        item is not Scalar scalar || !below.Items.Any(other => other is Scalar known && known.Text == scalar.Text);

    private static Node Shaped(Node node, string key) => node is Sequence sequence && Pairs.Contains(key)
        && sequence.Items.All(static item => item is Scalar)
            ? new Mapping(node.Place, [.. sequence.Items.Cast<Scalar>().Select(PairOf).DistinctBy(static entry => entry.Key.Text)])
            : node;

    private static Entry PairOf(Scalar item)
    {
        int at = item.Text.AsSpan().IndexOfAny('=', ':');
        return at < 0
            ? new Entry(item, new Scalar(item.Place, "", IsPlain: true))
            : new Entry(item with { Text = item.Text[..at] }, new Scalar(item.Place, item.Text[(at + 1)..], IsPlain: false));
    }
}
