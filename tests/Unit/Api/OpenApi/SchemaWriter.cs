using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Net.Api;

namespace Net.Tests.Unit.Api.OpenApi;

/// <summary>Writes JSON Schemas of the documents of the API, one component for each type of ours, with the summaries of their documentation
/// comments as descriptions.</summary>
internal sealed class SchemaWriter
{
    private readonly Summaries _summaries = Summaries.Of(typeof(ApiJson).Assembly);
    private readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal);
    private readonly Queue<Type> _due = new();
    private readonly HashSet<Type> _known = [];
    private readonly JsonSchemaExporterOptions _options;

    public SchemaWriter() => _options = new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>The schema of a type: a reference to its component where it has one.</summary>
    public JsonNode Of(Type type) => IsComponent(type) ? Reference(type) : Export(type);

    /// <summary>All components that were referred to, by their names.</summary>
    public JsonObject Components()
    {
        while (_due.TryDequeue(out Type? type))
        {
            _components.Add(type.Name, Export(type));
        }

        return new JsonObject(_components.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    private JsonNode Export(Type type) => ApiJson.Wire.Options.GetTypeInfo(type).GetJsonSchemaAsNode(_options);

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool isRoot = context.Path.IsEmpty;
        JsonNode transformed =
            type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : !isRoot && IsComponent(type) ? OrNull(Reference(type), schema)
            : schema;
        if (transformed is JsonObject form)
        {
            string? description = context.PropertyInfo is { } property
                ? _summaries.Of(property.DeclaringType, NameOf(property))
                : isRoot ? _summaries.Of(type) : null;
            if (description is not null)
            {
                form["description"] = description;
            }
        }

        return transformed;
    }

    private static string NameOf(System.Text.Json.Serialization.Metadata.JsonPropertyInfo property) =>
        (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? property.Name;

    private static JsonNode OrNull(JsonNode reference, JsonNode schema) =>
        schema is JsonObject form && form["type"] is JsonArray types && types.Any(type => (string?)type == "null")
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;

    private JsonObject Reference(Type type)
    {
        if (_known.Add(type))
        {
            _due.Enqueue(type);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private static bool IsComponent(Type type) =>
        type.Assembly == typeof(ApiJson).Assembly && !type.IsEnum && type is { IsGenericType: false, IsArray: false };
}
