using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Net.Linux.Terminals;

namespace Net.Cli.Templates;

/// <summary>Prints values, and evaluates them as conditions, as Go's templates do.</summary>
internal static class GoText
{
    /// <summary>The text of a value as Go's fmt.Print writes it: strings without quotes, <c>[a b]</c>, <c>map[k:v]</c> in the order of the
    /// keys, and <c>&lt;no value&gt;</c> for null. Strings of the document are escaped (<see cref="TerminalText"/>): anybody may have
    /// chosen them. Those of the format itself, such as the line feed of <c>println</c>, are not: they are values without a
    /// parent.</summary>
    public static string Of(JsonNode? node) => Text(node, escapes: true);

    /// <summary>The text of a value as it is, to be compared or measured and not to be printed.</summary>
    public static string Raw(JsonNode? node) => Text(node, escapes: false);

    /// <summary>A string that <see cref="Of"/> escapes, as one of the document: it gets a parent.</summary>
    public static JsonNode? OfDocument(string text) => new JsonArray(JsonValue.Create(text))[0];

    private static string Text(JsonNode? node, bool escapes) => node switch
    {
        null => "<no value>",
        JsonArray array => $"[{string.Join(' ', array.Select(n => Text(n, escapes)))}]",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Pair(p, escapes)))}]",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String when escapes && node.Parent is not null => TerminalText.Escape(node.GetValue<string>()),
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => node.ToJsonString(),
        },
    };

    private static string Pair(KeyValuePair<string, JsonNode?> pair, bool escapes) =>
        $"{(escapes ? TerminalText.Escape(pair.Key) : pair.Key)}:{Text(pair.Value, escapes)}";

    /// <summary>Whether a value is true for {{if}}: false, 0, null and empty values are not.</summary>
    public static bool IsTrue(JsonNode? node) => node switch
    {
        null => false,
        JsonArray array => array.Count > 0,
        JsonObject map => map.Count > 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>().Length > 0,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => node.ToJsonString() != "0",
        },
    };

    /// <summary>The JSON of a value on one line, or indented by four spaces for each level as <c>docker inspect</c> prints it. Characters
    /// that are not printable are written as <c>\uXXXX</c>.</summary>
    public static string Json(JsonNode? node, bool indented = false)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented, IndentSize = 4 };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return Printable(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    // The encoder escapes C0 alone for certain.
    private static string Printable(string json)
    {
        if (TerminalText.EscapeLines(json) == json)
        {
            return json;
        }

        var output = new StringBuilder(json.Length);
        foreach (Rune rune in json.EnumerateRunes())
        {
            string text = rune.ToString();
            output.Append(rune.Value == '\n' || TerminalText.IsPrintable(rune) ? text : string.Concat(text.Select(c => $"\\u{(int)c:x4}")));
        }

        return output.ToString();
    }
}
