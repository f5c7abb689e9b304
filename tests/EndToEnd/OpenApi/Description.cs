using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Net.Tests.EndToEnd.OpenApi;

/// <summary>The OpenAPI description in the repository, against which the daemon's answers are held.</summary>
internal sealed class Description
{
    private readonly JsonObject _document;
    private readonly JsonObject _definitions;
    private readonly HashSet<string> _unanswered;

    private Description(JsonObject document)
    {
        _document = document;
        _definitions = (JsonObject)Local(document["components"]!["schemas"]!);
        foreach ((_, JsonNode? definition) in _definitions)
        {
            Close(definition!);
        }

        _unanswered = [.. Operations().Select(operation => operation.Id)];
    }

    /// <summary>The operations that have not answered yet, but with an error.</summary>
    public IReadOnlyCollection<string> Unanswered => _unanswered;

    /// <summary>The requests that it describes, by their methods and paths, which have names in braces.</summary>
    public IEnumerable<(string Method, string Path)> Requests =>
        from path in (JsonObject)_document["paths"]!
        from operation in (JsonObject)path.Value!
        select (operation.Key.ToUpperInvariant(), path.Key);

    /// <summary>Reads <c>docs/api/openapi.json</c>.</summary>
    public static Description Read() => new(
        (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(TestHost.RepositoryRoot(), "docs", "api", "openapi.json")))!);

    /// <summary>Demands that an answer is one that the description has.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">Its path, without a query.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="mediaType">The form of its body; null for no body.</param>
    /// <param name="body">The body, or the part of a stream that has been read.</param>
    public void Check(string method, string path, int status, string? mediaType, string body)
    {
        string answer = $"{method} {path}: {status} {mediaType} {body[..Math.Min(body.Length, 2000)]}";
        (string id, JsonObject operation) = Find(method, path)
            ?? throw new InvalidOperationException($"{method} {path} is no operation of the description");
        JsonNode described = operation["responses"]![$"{status}"]
            ?? throw new InvalidOperationException($"the description has no such answer: {answer}");
        if (status < 400)
        {
            _unanswered.Remove(id);
        }

        if (mediaType is null || method == "HEAD")
        {
            Assert.True(described["content"] is null || body.Length == 0, $"the description has a body: {answer}");
            return;
        }

        Assert.True(described["content"]?[mediaType] is not null, $"the description has no body of this form: {answer}");
        if (described["content"]![mediaType]!["schema"] is not { } schema)
        {
            return;
        }

        // A stream's documents are lines; another body may have line feeds of its own.
        IEnumerable<string> documents =
            IsJson(body) ? [body] : body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonSchema form = Compile(schema);
        foreach (string document in documents)
        {
            EvaluationResults result = form.Evaluate(
                JsonDocument.Parse(document).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(result.IsValid, $"{answer}\n{string.Join('\n', (result.Details ?? [])
                .Where(detail => detail.Errors is not null)
                .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}"))}");
        }
    }

    private IEnumerable<(string Method, Regex Path, string Id, JsonObject Operation)> Operations() =>
        from path in (JsonObject)_document["paths"]!
        from operation in (JsonObject)path.Value!
        select (
            operation.Key.ToUpperInvariant(),
            new Regex($"^{Regex.Replace(path.Key, @"\{\w+\}", "[^/]+")}$"),
            (string)operation.Value!["operationId"]!,
            (JsonObject)operation.Value!);

    // A path without a placeholder comes first: /containers/json is no container.
    private (string Id, JsonObject Operation)? Find(string method, string path) =>
        Operations().Where(operation => operation.Method == method && operation.Path.IsMatch(path))
            .OrderBy(operation => operation.Path.ToString().Contains("[^/]+", StringComparison.Ordinal))
            .Select(operation => ((string, JsonObject)?)(operation.Id, operation.Operation))
            .FirstOrDefault();

    private JsonSchema Compile(JsonNode schema) => JsonSchema.FromText(new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$defs"] = _definitions.DeepClone(),
        ["allOf"] = new JsonArray(Local(schema)),
    }.ToJsonString());

    private static JsonNode Local(JsonNode schema) =>
        JsonNode.Parse(schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;

    // An answer has no field that the description lacks.
    private static void Close(JsonNode node)
    {
        if (node is JsonObject { } form)
        {
            foreach (JsonNode? inner in form.Select(pair => pair.Value).ToList())
            {
                if (inner is not null)
                {
                    Close(inner);
                }
            }

            if (form["properties"] is JsonObject && form["additionalProperties"] is null)
            {
                form["additionalProperties"] = false;
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                if (item is not null)
                {
                    Close(item);
                }
            }
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
