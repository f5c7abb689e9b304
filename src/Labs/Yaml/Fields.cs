using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Api.Texts;
using Net.Linux.Terminals;

namespace Net.Labs.Yaml;

/// <summary>The fields of a mapping, each taken once by its key and turned into a value. What nobody has taken is unknown.</summary>
/// <remarks>Every method throws <see cref="FileFaultException"/> when a value has the wrong form.</remarks>
public sealed class Fields
{
    private const string DurationForm = "a duration, such as 10s or 1m30s";

    private readonly Mapping _mapping;
    private readonly List<string> _taken = [];

    /// <summary>Opens a mapping.</summary>
    /// <param name="node">The mapping, or nothing, which has no fields.</param>
    /// <param name="path">The keys that lead to it, with dots between them; empty at the root.</param>
    public Fields(Node node, string path)
    {
        Path = path;
        _mapping = node switch
        {
            Mapping mapping => mapping,
            Scalar { IsNull: true } => new Mapping(node.Place, []),
            _ => throw Wrong(node, path, "a mapping, KEY: VALUE"),
        };
    }

    /// <summary>The keys that lead here.</summary>
    public string Path { get; }

    /// <summary>Where the mapping begins.</summary>
    public Place Place => _mapping.Place;

    /// <summary>All keys that begin with <c>x-</c> belong to whoever wrote the file.</summary>
    public static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>The path of a key of this mapping.</summary>
    public string PathOf(string key) => Path.Length > 0 ? $"{Path}.{key}" : key;

    /// <summary>A value as it is; null when the key is not there or has no value.</summary>
    public Node? Take(string key)
    {
        _taken.Add(key);
        return _mapping[key] is { } node and not Scalar { IsNull: true } ? node : null;
    }

    /// <summary>Whether the key is there, with or without a value. It is not taken by this.</summary>
    public bool Has(string key) => _mapping[key] is not null;

    /// <summary>Where a key's value is; where the mapping is when it is not there.</summary>
    public Place PlaceOf(string key) => _mapping[key]?.Place ?? Place;

    /// <summary>A text; null when it is not there.</summary>
    public string? Text(string key) => Take(key) is { } node ? TextOf(node, PathOf(key)) : null;

    /// <summary>An IP address as text; null when it is not there.</summary>
    public string? Address(string key) => Text(key) is not { } text ? null
        : IPAddress.TryParse(text, out _) ? text
        : throw Fault(key, NoAddress(text));

    /// <summary>IP addresses as texts: a list, or one alone.</summary>
    public IReadOnlyList<string> Addresses(string key) => [.. Texts(key).Select(text => IPAddress.TryParse(text, out _)
        ? text
        : throw Fault(key, NoAddress(text)))];

    /// <summary>A subnet in CIDR form as text; null when it is not there.</summary>
    public string? Subnet(string key) => Text(key) is not { } text ? null
        : IsCidr(text) ? text
        : throw Fault(key, $"\"{text}\" is no subnet: give one such as 172.20.0.0/16 or fd00:20::/64");

    /// <summary>Whether a text is an address with a prefix length.</summary>
    public static bool IsCidr(string text) => text.Split('/') is [{ } address, { } length]
        && IPAddress.TryParse(address, out IPAddress? parsed)
        && byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out byte bits)
        && bits <= (parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    /// <summary>Texts: a list, or one alone. Empty when the key is not there.</summary>
    public IReadOnlyList<string> Texts(string key) => Take(key) switch
    {
        null => [],
        Scalar scalar => [scalar.Text],
        Sequence sequence => [.. sequence.Items.Select(item => TextOf(item, PathOf(key)))],
        { } node => throw Wrong(node, PathOf(key), "a text or a list of texts"),
    };

    /// <summary>A truth value; null when it is not there.</summary>
    public bool? Switch(string key) => Take(key) switch
    {
        null => null,
        Scalar { Text: "true" or "True" or "TRUE" or "yes" or "on" or "y" } => true,
        Scalar { Text: "false" or "False" or "FALSE" or "no" or "off" or "n" } => false,
        { } node => throw Wrong(node, PathOf(key), "true or false"),
    };

    /// <summary>A whole number; null when it is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least that is allowed.</param>
    public int? Number(string key, int least = 0) => Take(key) switch
    {
        null => null,
        Scalar scalar when int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least => number,
        { } node => throw Wrong(node, PathOf(key), least == int.MinValue ? "a whole number" : $"a whole number from {least} on"),
    };

    /// <summary>A duration such as <c>1m30s</c>, in nanoseconds; null when it is not there.</summary>
    public long? Nanoseconds(string key)
    {
        if (Take(key) is not { } node)
        {
            return null;
        }

        try
        {
            return node is Scalar scalar && Duration.Parse(scalar.Text) is >= 0 and var duration
                ? duration
                : throw Wrong(node, PathOf(key), DurationForm);
        }
        catch (FormatException error) when (error is not FileFaultException)
        {
            throw Wrong(node, PathOf(key), DurationForm);
        }
    }

    /// <summary>Names with values: a mapping, or a list of texts that have a separator in them. A name without a separator, and a name
    /// without a value in a mapping, have the value null. Empty when the key is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="separators">Any of these stands between a name and its value in a list.</param>
    public IReadOnlyList<KeyValuePair<string, string?>> Pairs(string key, string separators = "=") => Take(key) switch
    {
        null => [],
        Mapping mapping => [.. mapping.Entries.Select(entry => KeyValuePair.Create(
            entry.Key.Text, entry.Value is Scalar { IsNull: true } ? null : TextOf(entry.Value, $"{PathOf(key)}.{entry.Key.Text}")))],
        Sequence sequence => [.. sequence.Items.Select(item => PairOf(TextOf(item, PathOf(key)), separators))],
        { } node => throw Wrong(node, PathOf(key), $"a mapping, or a list of NAME{separators[0]}VALUE"),
    };

    /// <summary>Named values as a dictionary; a name without a value has the empty text. Null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Dictionary(string key)
    {
        IReadOnlyList<KeyValuePair<string, string?>> pairs = Pairs(key);
        return pairs.Count == 0
            ? null
            : new SortedDictionary<string, string>(
                pairs.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value ?? ""),
                StringComparer.Ordinal);
    }

    /// <summary>A list of mappings. Empty when the key is not there.</summary>
    public IReadOnlyList<Fields> List(string key) => Take(key) switch
    {
        null => [],
        Sequence sequence => [.. sequence.Items.Select(item => new Fields(item, PathOf(key)))],
        { } node => throw Wrong(node, PathOf(key), "a list of mappings"),
    };

    /// <summary>The fields of a mapping inside this one; without any when the key is not there.</summary>
    public Fields Child(string key) => new(Take(key) ?? new Mapping(Place, []), PathOf(key));

    /// <summary>Mappings by name. Empty when the key is not there.</summary>
    public IReadOnlyList<(Scalar Name, Node Value)> Children(string key) => Take(key) switch
    {
        null => [],
        Mapping mapping => [.. mapping.Entries.Where(entry => !IsExtension(entry.Key.Text)).Select(entry => (entry.Key, entry.Value))],
        { } node => throw Wrong(node, PathOf(key), "a mapping, NAME: ..."),
    };

    /// <summary>Refuses what has not been taken.</summary>
    /// <param name="what">What the mapping is, in words: <c>a service</c>.</param>
    /// <param name="ignored">Keys that are known and of no use here.</param>
    /// <returns>The ignored keys that were there.</returns>
    public IReadOnlyList<Scalar> Finish(string what, IReadOnlySet<string>? ignored = null)
    {
        Entry[] others = [.. _mapping.Entries.Where(e => !IsExtension(e.Key.Text) && !_taken.Contains(e.Key.Text))];
        if (others.FirstOrDefault(entry => ignored?.Contains(entry.Key.Text) != true) is { } unknown)
        {
            string path = Path.Length > 0 ? Path + ": " : "";
            throw new FileFaultException(
                unknown.Key.Place,
                $"{path}{TerminalText.Quote(unknown.Key.Text)} is no key of {what}"
                    + $"{Suggestion.Of(unknown.Key.Text, _taken.Concat(ignored ?? (IEnumerable<string>)[]))}"
                    + $"; it takes {string.Join(", ", _taken.Distinct().Order(StringComparer.Ordinal))}");
        }

        return [.. others.Select(static entry => entry.Key)];
    }

    /// <summary>An error about a key of this mapping.</summary>
    public FileFaultException Fault(string key, string message) => new(PlaceOf(key), $"{PathOf(key)}: {message}");

    /// <summary>An error about a key that has to be there and is not: a misspelt one is named where there is one.</summary>
    /// <param name="what">What the mapping is, in words: <c>a lab</c>.</param>
    /// <param name="message">The cause and the remedy when there is none.</param>
    /// <param name="keys">The key; several when one of them has to be there.</param>
    public FileFaultException Missing(string what, string message, params string[] keys)
    {
        Scalar? misspelt = _mapping.Entries.Select(entry => entry.Key)
            .FirstOrDefault(key => !keys.Contains(key.Text) && Suggestion.Of(key.Text, keys).Length > 0);
        return misspelt is null
            ? Fault(keys[0], message)
            : new FileFaultException(
                misspelt.Place,
                $"{(Path.Length > 0 ? Path + ": " : "")}{TerminalText.Quote(misspelt.Text)} is no key of {what}"
                    + Suggestion.Of(misspelt.Text, keys));
    }

    private static string NoAddress(string text) => $"\"{text}\" is no address: give one such as 172.20.0.1 or fd00:20::1";

    private static KeyValuePair<string, string?> PairOf(string text, string separators)
    {
        int at = text.AsSpan().IndexOfAny(separators);
        return at < 0 ? KeyValuePair.Create(text, (string?)null) : KeyValuePair.Create(text[..at], (string?)text[(at + 1)..]);
    }

    private static string TextOf(Node node, string path) => node switch
    {
        Scalar scalar => scalar.Text,
        Mapping => throw Wrong(node, path, "a text; one that has a colon and a blank in it is put in quotation marks"),
        _ => throw Wrong(node, path, "a text"),
    };

    private static FileFaultException Wrong(Node node, string path, string takes)
    {
        string seen = node is Scalar { IsNull: false } scalar ? TerminalText.Quote(scalar.Text) : node.Kind;
        return new FileFaultException(node.Place, $"{(path.Length > 0 ? path : "the file")} is {seen}, and takes {takes}");
    }
}
