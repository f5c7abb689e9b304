using System.Text;
using System.Text.Json;

namespace Net.Daemon.Http;

/// <summary>What no JSON body may have, whatever document it is: so that no handler has to expect it.</summary>
internal static class BodyRules
{
    private const int LongestPath = 100;

    /// <summary>Checks a body. A null in a list has no meaning; a field that is null counts as absent. A NUL character ends a text wherever
    /// a program or the kernel is given it, so that another text would be seen there than was checked here.</summary>
    /// <exception cref="JsonException">It is no JSON, or has a null in a list.</exception>
    /// <exception cref="BadHttpRequestException">400: a NUL character in a name or a text.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var around = new Stack<(bool IsArray, string Path)>();
        string path = ""; // of the value that is read next
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    around.Push((reader.TokenType == JsonTokenType.StartArray, path));
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    path = around.Pop().Path;
                    break;
                case JsonTokenType.PropertyName when HasNul(reader):
                    throw Refusal($"in a name{(around.Peek().Path is { Length: > 0 } outer ? $" in {outer}" : "")}");
                case JsonTokenType.PropertyName:
                    path = Join(around.Peek().Path, reader);
                    break;
                case JsonTokenType.String when HasNul(reader):
                    throw Refusal(path.Length > 0 ? $"in {path}" : "");
                case JsonTokenType.Null when around.TryPeek(out (bool IsArray, string) parent) && parent.IsArray:
                    throw new JsonException(
                        "null in a list", path: "a null in a list", lineNumber: 0, bytePositionInLine: reader.TokenStartIndex);
            }
        }
    }

    // JSON has the character in its escaped form alone. What stands there is not decoded: it may be no text, as half a surrogate pair.
    private static bool HasNul(in Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        for (int at = text.IndexOf((byte)'\\'); at >= 0; at = text.IndexOf((byte)'\\'))
        {
            text = text[at..];
            if (text.StartsWith("\\u0000"u8))
            {
                return true;
            }

            text = text[2..];
        }

        return false;
    }

    private static string Join(string outer, in Utf8JsonReader reader)
    {
        string name = reader.ValueIsEscaped ? "..." : Encoding.UTF8.GetString(reader.ValueSpan); // which need not be UTF-8
        string path = outer.Length == 0 ? name : $"{outer}.{name}";
        return path.Length <= LongestPath ? path : outer;
    }

    private static BadHttpRequestException Refusal(string place) => new(
        $"the request's body has a NUL character (\\u0000) {place}".TrimEnd() + ", which no text may have; leave it out",
        StatusCodes.Status400BadRequest);
}
