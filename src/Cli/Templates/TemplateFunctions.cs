using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Cli.Templates;

/// <summary>The functions of templates: those that Docker adds, and the built-in ones of Go that Docker's documentation uses.</summary>
internal static class TemplateFunctions
{
    private const string Known =
        "and, eq, index, join, json, len, lower, ne, not, or, pad, print, printf, println, slice, split, title, truncate, upper";

    /// <summary>Calls a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="document">The document that the arguments are of.</param>
    /// <exception cref="TemplateException">There is no such function, or it does not take these arguments.</exception>
    public static JsonNode? Call(string name, IReadOnlyList<JsonNode?> arguments, TemplateDocument document) => name switch
    {
        "json" => JsonValue.Create(GoText.Json(One(name, arguments) is { } value && !document.IsAbsent(value) ? value : null)),
        "upper" => JsonValue.Create(GoText.Of(One(name, arguments)).ToUpperInvariant()),
        "lower" => JsonValue.Create(Lower(GoText.Of(One(name, arguments)))),
        "title" => JsonValue.Create(Title(GoText.Of(One(name, arguments)))),
        "len" => JsonValue.Create(Length(One(name, arguments))),
        "not" => JsonValue.Create(!GoText.IsTrue(One(name, arguments))),
        "print" => JsonValue.Create(string.Concat(arguments.Select(GoText.Of))),
        "println" => JsonValue.Create(string.Join(' ', arguments.Select(GoText.Of)) + "\n"),
        "join" => Join(arguments),
        "split" => Split(arguments),
        "truncate" => Truncate(arguments),
        "index" => Index(arguments, document),
        "slice" => Slice(arguments),
        "pad" => Pad(arguments),
        "printf" => JsonValue.Create(GoFormat.Print(GoText.Of(Last(name, [.. arguments.Take(1)])), [.. arguments.Skip(1)])),
        "eq" => JsonValue.Create(arguments.Skip(1).Any(a => Same(First(name, arguments), a))),
        "ne" => JsonValue.Create(!arguments.Skip(1).Any(a => Same(First(name, arguments), a))),
        "and" => arguments.FirstOrDefault(a => !GoText.IsTrue(a), Last(name, arguments)),
        "or" => arguments.FirstOrDefault(GoText.IsTrue, Last(name, arguments)),
        _ => throw new TemplateException($"template: function \"{name}\" not defined; there are {Known}"),
    };

    private static JsonNode? One(string name, IReadOnlyList<JsonNode?> arguments) => arguments.Count == 1
        ? arguments[0]
        : throw new TemplateException($"template: {name} takes one argument and has {arguments.Count}");

    private static JsonNode? First(string name, IReadOnlyList<JsonNode?> arguments) => arguments.Count >= 2
        ? arguments[0]
        : throw new TemplateException($"template: {name} takes two arguments and has {arguments.Count}");

    private static JsonNode? Last(string name, IReadOnlyList<JsonNode?> arguments) => arguments.Count >= 1
        ? arguments[^1]
        : throw new TemplateException($"template: {name} takes arguments and has none");

#pragma warning disable CA1308 // The function is to return lower case; nothing is compared.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    private static string Title(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static int Length(JsonNode? node) => node switch
    {
        null => 0,
        JsonArray array => array.Count,
        JsonObject map => map.Count,
        _ when node.GetValueKind() == JsonValueKind.String => System.Text.Encoding.UTF8.GetByteCount(GoText.Raw(node)),
        _ => throw new TemplateException($"template: {GoText.Of(node)} has no len"),
    };

    private static JsonValue Join(IReadOnlyList<JsonNode?> arguments) => arguments switch
    {
        [JsonArray items, { } separator] => JsonValue.Create(string.Join(GoText.Of(separator), items.Select(GoText.Of))),
        [null, not null] => JsonValue.Create(""),
        _ => throw new TemplateException("template: join takes a list and the text to put between its items, as in {{join .Args \" \"}}"),
    };

    private static JsonArray Split(IReadOnlyList<JsonNode?> arguments) => arguments is [{ } text, { } separator]
        ? new JsonArray([.. GoText.Raw(text).Split(GoText.Raw(separator)).Select(part => (JsonNode?)JsonValue.Create(part))])
        : throw new TemplateException("template: split takes a text and the separator, as in {{split .Name \"-\"}}");

    private static JsonValue Truncate(IReadOnlyList<JsonNode?> arguments)
    {
        if (arguments is [{ } text, JsonValue limit] && limit.TryGetValue(out long length) && length >= 0)
        {
            string whole = GoText.Of(text);
            return JsonValue.Create(whole.Length <= length ? whole : whole[..(int)length]);
        }

        throw new TemplateException("template: truncate takes a text and a length, as in {{truncate .ID 12}}");
    }

    // Docker's pad adds spaces to a text that is not empty.
    private static JsonValue Pad(IReadOnlyList<JsonNode?> arguments) =>
        arguments is [{ } text, JsonValue before, JsonValue after] && IsCount(before, out int left) && IsCount(after, out int right)
        ? JsonValue.Create(GoText.Of(text) is { Length: > 0 } inner ? new string(' ', left) + inner + new string(' ', right) : "")
        : throw new TemplateException("template: pad takes a text and two numbers of spaces, as in {{pad .Name 1 2}}");

    private static bool IsCount(JsonValue value, out int count)
    {
        bool valid = value.TryGetValue(out long number) && number is >= 0 and <= 10_000;
        count = valid ? (int)number : 0;
        return valid;
    }

    // Go counts a text in bytes of UTF-8.
    private static JsonNode? Slice(IReadOnlyList<JsonNode?> arguments)
    {
        byte[]? text = arguments is [JsonValue first, ..] && first.GetValueKind() == JsonValueKind.String
            ? System.Text.Encoding.UTF8.GetBytes(GoText.Of(first))
            : null;
        if (arguments.Count is 0 or > 3 || (text is null && arguments[0] is not JsonArray))
        {
            throw new TemplateException(
                "template: slice takes a text or a list, and the places where it begins and ends, as in {{slice .Id 0 12}}");
        }

        var items = arguments[0] as JsonArray;
        int length = text?.Length ?? items!.Count;
        int start = Place(arguments.ElementAtOrDefault(1), otherwise: 0);
        int end = Place(arguments.ElementAtOrDefault(2), otherwise: length);
        return start > end ? throw new TemplateException($"template: slice cannot end at {end}, before it begins at {start}")
            : text is not null ? JsonValue.Create(System.Text.Encoding.UTF8.GetString(text[start..end]))
            : new JsonArray([.. items!.Skip(start).Take(end - start).Select(item => item?.DeepClone())]);

        int Place(JsonNode? place, int otherwise) => place is null ? otherwise
            : place is JsonValue number && number.TryGetValue(out long at) && at >= 0 && at <= length ? (int)at
            : throw new TemplateException($"template: slice index {GoText.Of(place)} is out of range; the length is {length}");
    }

    private static JsonNode? Index(IReadOnlyList<JsonNode?> arguments, TemplateDocument document)
    {
        JsonNode? node = First("index", arguments);
        foreach (JsonNode? key in arguments.Skip(1))
        {
            node = node switch
            {
                null => null,
                JsonObject map => document.Key(map, GoText.Raw(key)),
                JsonArray array when key is JsonValue number && number.TryGetValue(out long i) => i >= 0 && i < array.Count
                    ? array[(int)i]
                    : throw new TemplateException($"template: index {i} is out of range; the list has {array.Count}"),
                _ => throw new TemplateException($"template: {GoText.Of(node)} cannot be indexed by {GoText.Of(key)}"),
            };
        }

        return node;
    }

    private static bool Same(JsonNode? left, JsonNode? right) =>
        left?.GetValueKind() == right?.GetValueKind() && GoText.Raw(left) == GoText.Raw(right);
}
