using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Cli.Templates;

/// <summary>Prints values, and evaluates them as conditions, as Go's templates do.</summary>
internal static class GoText
{
    /// <summary>The text of a value as Go's fmt.Print writes it: strings without quotes, <c>[a b]</c>, <c>map[k:v]</c> in the order of the
    /// keys, and <c>&lt;no value&gt;</c> for null.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "<no value>",
        JsonArray array => $"[{string.Join(' ', array.Select(Of))}]",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Of(p.Value)}"))}]",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => node.ToJsonString(),
        },
    };

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

    /// <summary>The JSON of a value on one line, or indented by four spaces for each level as <c>docker inspect</c> prints it.</summary>
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

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
