using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Net.Cli.Templates;

/// <summary>A JSON document and its type. Go's templates know from the type what a name stands for that the JSON does not have: a field
/// that is left out when it is empty has the empty value of its type, a key that a map lacks prints <c>&lt;no value&gt;</c>, and any other
/// name is an error.</summary>
internal sealed class TemplateDocument
{
    private readonly JsonTypeInfo? _type;

    // The empty lists and maps that stand for null, with their types: they are no part of the document.
    private readonly ConditionalWeakTable<JsonNode, JsonTypeInfo> _absent = [];

    private TemplateDocument(JsonNode? root, JsonTypeInfo? type)
    {
        Root = root;
        _type = type;
    }

    /// <summary>The document's JSON.</summary>
    public JsonNode? Root { get; }

    /// <summary>The document of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its type, which also writes its JSON.</param>
    public static TemplateDocument Of<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToNode(value, type), type);

    /// <summary>A document that has all of its fields, such as a row of a list.</summary>
    public static TemplateDocument OfJson(JsonNode? json) => new(json, null);

    /// <summary>Whether a value stands for a list or map that is null in the document.</summary>
    public bool IsAbsent(JsonNode? value) => value is not null && _absent.TryGetValue(value, out _);

    /// <summary>The value of a field of a document's type, or of a key of a map.</summary>
    /// <exception cref="TemplateException">The type has no such field.</exception>
    public JsonNode? Field(JsonObject map, string name)
    {
        if (map.TryGetPropertyValue(name, out JsonNode? value) && value is not null)
        {
            return value;
        }

        JsonTypeInfo? type = TypeOf(map);
        if (type is { Kind: JsonTypeInfoKind.Dictionary })
        {
            return map.ContainsKey(name) ? Empty(InfoOf(type, type.ElementType)) : null;
        }

        // As for a field that is there: templates name some by Go's word, such as Status, whose JSON is in lower case.
        JsonPropertyInfo? field = type?.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return field is not null ? Empty(InfoOf(type!, field.PropertyType))
            : map.ContainsKey(name) ? null
            : throw new TemplateException(
                $"template: there is no field {name} here; the fields are {string.Join(", ", FieldsOf(map, type))}");
    }

    /// <summary>The value of a key of a map by <c>index</c>: the empty value of the map's values when it lacks the key.</summary>
    public JsonNode? Key(JsonObject map, string key)
    {
        JsonTypeInfo? type = TypeOf(map);
        return map.TryGetPropertyValue(key, out JsonNode? value) && value is not null ? value
            : type is { Kind: JsonTypeInfoKind.Dictionary } ? Empty(InfoOf(type, type.ElementType))
            : null;
    }

    private static IEnumerable<string> FieldsOf(JsonObject map, JsonTypeInfo? type) =>
        type is { Kind: JsonTypeInfoKind.Object } ? type.Properties.Select(p => p.Name) : map.Select(p => p.Key);

    private static JsonTypeInfo? InfoOf(JsonTypeInfo owner, Type? type) => type is null ? null : owner.Options.GetTypeInfo(type);

    // What Go prints of the value that a type has when nothing was assigned.
    private JsonNode? Empty(JsonTypeInfo? type)
    {
        JsonNode? value = type switch
        {
            { Kind: JsonTypeInfoKind.Enumerable } => new JsonArray(),
            { Kind: JsonTypeInfoKind.Dictionary } => new JsonObject(),
            { Type: var of } when of == typeof(string) => JsonValue.Create(""),
            { Type: var of } when of == typeof(bool) => JsonValue.Create(false),
            { Type: { IsPrimitive: true } } => JsonValue.Create(0),
            _ => null,
        };
        if (value is JsonArray or JsonObject)
        {
            _absent.Add(value, type!);
        }

        return value;
    }

    private JsonTypeInfo? TypeOf(JsonNode node)
    {
        if (ReferenceEquals(node, Root))
        {
            return _type;
        }

        return node.Parent switch
        {
            null => _absent.TryGetValue(node, out JsonTypeInfo? absent) ? absent : null,
            JsonObject parent => TypeOf(parent) switch
            {
                { Kind: JsonTypeInfoKind.Dictionary } map => InfoOf(map, map.ElementType),
                { Kind: JsonTypeInfoKind.Object } owner =>
                    owner.Properties.FirstOrDefault(p => p.Name == node.GetPropertyName()) is { } field
                        ? InfoOf(owner, field.PropertyType)
                        : null,
                _ => null,
            },
            var parent => TypeOf(parent) is { Kind: JsonTypeInfoKind.Enumerable } list ? InfoOf(list, list.ElementType) : null,
        };
    }
}
