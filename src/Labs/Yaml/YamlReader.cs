using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Net.Labs.Yaml;

/// <summary>Reads a YAML 1.2 document into nodes. Anchors are expanded within a limit, and merge keys (<c>&lt;&lt;</c>) are taken
/// apart.</summary>
/// <remarks>YamlDotNet parses; its deserializer is not used, since it needs reflection.</remarks>
public sealed class YamlReader
{
    private const int MostNodes = 100_000;
    private const int MostDepth = 100;
    private const string MergeKey = "<<";

    private readonly string _file;
    private int _nodes;

    private YamlReader(string file) => _file = file;

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file's name, for places.</param>
    /// <param name="text">The file's text.</param>
    /// <returns>The value at the root; an empty mapping for a file without a document.</returns>
    /// <exception cref="FileFaultException">It is no YAML, has a key twice, or has more than one document.</exception>
    public static Node Read(string file, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new FileFaultException(
                new Place(file, (int)Math.Max(1, error.Start.Line)), $"this is no valid YAML: {Sentence(error.Message)}", error);
        }

        return stream.Documents switch
        {
            [] => new Mapping(new Place(file, 1), []),
            [{ } only] => new YamlReader(file).Convert(only.RootNode, 0),
            [_, { } second, ..] => throw new FileFaultException(
                new Place(file, (int)second.RootNode.Start.Line), "a second document begins here: write one document a file"),
            _ => throw new InvalidOperationException("A stream has a negative number of documents."),
        };
    }

    private Node Convert(YamlNode node, int depth)
    {
        var place = new Place(_file, (int)Math.Max(1, node.Start.Line));
        if (++_nodes > MostNodes)
        {
            throw new FileFaultException(place, "the file, with its anchors expanded, has more than 100000 values: use less of them");
        }

        if (depth > MostDepth)
        {
            throw new FileFaultException(place, "values are nested more than 100 levels deep, or an anchor is used in itself");
        }

        Node converted = node switch
        {
            YamlScalarNode scalar => new Scalar(place, scalar.Value ?? "", scalar.Style is ScalarStyle.Plain or ScalarStyle.Any),
            YamlSequenceNode sequence => new Sequence(place, [.. sequence.Children.Select(child => Convert(child, depth + 1))]),
            YamlMappingNode mapping => Convert(place, mapping, depth),
            _ => new Scalar(place, "", IsPlain: true),
        };
        return converted with { Precedence = PrecedenceOf(node) };
    }

    private Mapping Convert(Place place, YamlMappingNode mapping, int depth)
    {
        var own = new List<Entry>();
        var merged = new List<Entry>();
        foreach ((YamlNode keyNode, YamlNode valueNode) in mapping.Children)
        {
            Node value = Convert(valueNode, depth + 1);
            if (Convert(keyNode, depth + 1) is not Scalar key)
            {
                throw new FileFaultException(new Place(_file, (int)keyNode.Start.Line), "a key is a single word, not a list or a mapping");
            }

            if (key is { Text: MergeKey, IsPlain: true })
            {
                merged.AddRange(Merged(value));
            }
            else
            {
                own.Add(new Entry(key, value));
            }
        }

        // What stands in the mapping itself counts more than what is merged, and what is merged first more than what follows.
        return new Mapping(place, [.. own.Concat(merged).DistinctBy(entry => entry.Key.Text, StringComparer.Ordinal)]);
    }

    // Source: https://yaml.org/type/merge.html
    private static IEnumerable<Entry> Merged(Node value) => value switch
    {
        Mapping mapping => mapping.Entries,
        Sequence sequence => sequence.Items.SelectMany(Merged),
        _ => throw new FileFaultException(value.Place, "\"<<\" takes a mapping or a list of mappings, such as *NAME"),
    };

    private static Precedence PrecedenceOf(YamlNode node) => node.Tag.IsEmpty ? Precedence.Merge : node.Tag.Value switch
    {
        "!override" => Precedence.Override,
        "!reset" => Precedence.Reset,
        _ => Precedence.Merge,
    };

    private static string Sentence(string message)
    {
        string text = message.TrimEnd('.');
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
