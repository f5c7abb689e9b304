using System.Text.Json;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>The JSON of Docker's list filters: <c>{"name": ["a"]}</c>, or in the older form <c>{"name": {"a": true}}</c>.</summary>
internal static class FilterJson
{
    /// <summary>Parses filters; null or empty for none.</summary>
    /// <exception cref="CnmException">InvalidParameter: the JSON has neither form.</exception>
    public static IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateObject().Select(p => (p.Name, Values(p.Value)))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, "invalid filters: they are not a JSON object of lists, as in {\"name\":[\"web\"]}", error);
        }
    }

    /// <summary>Whether the labels contain a key, or a key with a value.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="filter"><c>KEY</c> or <c>KEY=VALUE</c>.</param>
    public static bool MatchesLabel(IReadOnlyDictionary<string, string> labels, string filter)
    {
        int equals = filter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? labels.ContainsKey(filter)
            : labels.TryGetValue(filter[..equals], out string? value) && value == filter[(equals + 1)..];
    }

    private static IReadOnlyList<string> Values(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [.. element.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.True).Select(p => p.Name)];
}
