using System.Text.Json;
using System.Text.RegularExpressions;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>The JSON of Docker's list filters: <c>{"name": ["a"]}</c>, or in the older form <c>{"name": {"a": true}}</c>.</summary>
internal static class FilterJson
{
    /// <summary>Parses filters; null or empty for none. A key without values is left out, since it asks for nothing.</summary>
    /// <param name="json">The query.</param>
    /// <param name="known">The keys that the list takes.</param>
    /// <exception cref="CnmException">InvalidParameter: the JSON has neither form, or an unknown key.</exception>
    public static IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Read(string? json, IReadOnlyList<string> known)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = string.IsNullOrEmpty(json) ? [] : Parse(json);
        return filters.FirstOrDefault(f => !known.Contains(f.Key)) is { Key: { } key }
            ? throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter '{key}': use {Choice(known)}")
            : [.. filters.Where(f => f.Values.Count > 0)];
    }

    /// <summary>Refuses the values that a key does not take.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="key">The key.</param>
    /// <param name="known">The values that it takes.</param>
    /// <exception cref="CnmException">InvalidParameter: there is another value.</exception>
    public static void RequireValues(
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters, string key, IReadOnlyList<string> known)
    {
        foreach (string value in filters.Where(f => f.Key == key).SelectMany(f => f.Values).Where(value => !known.Contains(value)))
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter '{key}={value}': use {Choice(known)}");
        }
    }

    private static string Choice(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    private static IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Parse(string json)
    {
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

    /// <summary>Whether a text is the filter's value, or has a part that matches it as a regular expression, as in Docker. A value that is
    /// no expression matches only itself.</summary>
    /// <remarks>The expressions are matched without backtracking, in a time that grows with the text alone.</remarks>
    public static bool MatchesText(string text, string value)
    {
        if (text == value)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(text, value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static IReadOnlyList<string> Values(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [.. element.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.True).Select(p => p.Name)];
}
