namespace Net.Labs.Yaml;

/// <summary>A value of a YAML document that knows where it stands. Anchors and merge keys are resolved.</summary>
/// <param name="Place">Where the value begins.</param>
public abstract record Node(Place Place)
{
    /// <summary>What it is, in words for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>How it takes the place of the same key in an earlier file.</summary>
    public Precedence Precedence { get; init; }
}

/// <summary>How a value of a later file meets that of an earlier one.</summary>
public enum Precedence
{
    /// <summary>Mappings and lists are joined, everything else is replaced.</summary>
    Merge,

    /// <summary>It replaces the earlier value as a whole (tag <c>!override</c>).</summary>
    Override,

    /// <summary>The earlier value is removed (tag <c>!reset</c>).</summary>
    Reset,
}

/// <summary>A single value.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">The text without quotation marks.</param>
/// <param name="IsPlain">Whether it was written without quotation marks, so that it may be null, a number or a truth value.</param>
public sealed record Scalar(Place Place, string Text, bool IsPlain) : Node(Place)
{
    /// <summary>Whether it is YAML's null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "a single value";
}

/// <summary>A list.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">Its items in order.</param>
public sealed record Sequence(Place Place, IReadOnlyList<Node> Items) : Node(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>Keys with their values, each key once.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">The keys in the order of the file.</param>
public sealed record Mapping(Place Place, IReadOnlyList<Entry> Entries) : Node(Place)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The value of a key; null when it is not there.</summary>
    public Node? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record Entry(Scalar Key, Node Value);
