using System.Text.Json;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>Writes an element of <c>nft -j</c> as <c>nft</c> takes it.</summary>
internal static class NftElementText
{
    /// <summary>An element of a set, or key and value of a map's.</summary>
    public static string Of(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
        ? $"{Of(element[0])} : {Of(element[1])}"
        : Value(element);

    private static string Value(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return value.ToString();
        }

        JsonProperty inner = value.EnumerateObject().First();
        return inner.Name switch
        {
            "elem" =>
                Value(inner.Value.GetProperty("val")) + (inner.Value.TryGetProperty(
                    "comment", out JsonElement comment) ? $" comment \"{comment}\"" : ""),
            "concat" => string.Join(" . ", inner.Value.EnumerateArray().Select(Value)),
            "range" => $"{Value(inner.Value[0])}-{Value(inner.Value[1])}",
            "prefix" => $"{inner.Value.GetProperty("addr")}/{inner.Value.GetProperty("len")}",
            _ => value.ToString(),
        };
    }
}
