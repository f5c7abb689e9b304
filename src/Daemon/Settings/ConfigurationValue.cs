using System.Text.Json;

namespace Net.Daemon.Settings;

/// <summary>Turns a value of the configuration file into the texts that the setting's flag would have.</summary>
internal static class ConfigurationValue
{
    /// <summary>The texts; null when the value stands for "not given".</summary>
    /// <exception cref="FormatException">The value has another type than the setting.</exception>
    public static IReadOnlyList<string>? Read(DaemonSetting setting, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return setting.Kind switch
        {
            SettingKind.Text => value.ValueKind == JsonValueKind.String ? NotEmpty(value.GetString()!) : throw Wrong("a string"),
            SettingKind.TextOrNone => value.ValueKind == JsonValueKind.String ? [value.GetString()!] : throw Wrong("a string"),
            SettingKind.Number => value.ValueKind == JsonValueKind.Number ? [value.GetRawText()] : throw Wrong("a number"),
            SettingKind.Switch => value.ValueKind switch
            {
                JsonValueKind.True => ["true"],
                JsonValueKind.False => ["false"],
                _ => throw Wrong("true or false"),
            },
            SettingKind.List or SettingKind.ListOfOne => Items(value, "an array of strings"),
            SettingKind.Map => Pairs(value, "", "an object whose values are strings"),
            SettingKind.MapOfMaps => value.ValueKind == JsonValueKind.Object
                ? [.. value.EnumerateObject().SelectMany(
                    p => Pairs(p.Value, $"{p.Name}=", "an object of objects whose values are strings"))]
                : throw Wrong("an object of objects whose values are strings"),
            SettingKind.Pools => Pools(value),
            _ => throw new ArgumentOutOfRangeException(nameof(setting), setting.Kind, "a kind of setting without a form in the file"),
        };

        FormatException Wrong(string takes) => WrongType(setting, takes);

        IReadOnlyList<string> Items(JsonElement array, string takes) =>
            array.ValueKind == JsonValueKind.Array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
                : throw Wrong(takes);

        IReadOnlyList<string> Pairs(JsonElement map, string prefix, string takes) =>
            map.ValueKind == JsonValueKind.Object && map.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String)
                ? [.. map.EnumerateObject().Select(p => $"{prefix}{p.Name}={p.Value.GetString()}")]
                : throw Wrong(takes);

        IReadOnlyList<string> Pools(JsonElement array) =>
            array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(Pool)] : throw WrongPools();

        string Pool(JsonElement pool) =>
            pool.ValueKind == JsonValueKind.Object
            && pool.EnumerateObject().Count() == 2
            && pool.TryGetProperty("base", out JsonElement block) && block.ValueKind == JsonValueKind.String
            && pool.TryGetProperty("size", out JsonElement size) && size.ValueKind == JsonValueKind.Number
                ? $"base={block.GetString()},size={size.GetRawText()}"
                : throw WrongPools();

        FormatException WrongPools() => Wrong("an array of objects such as {\"base\": \"10.10.0.0/16\", \"size\": 24}");
    }

    private static IReadOnlyList<string>? NotEmpty(string text) => text.Length == 0 ? null : [text];

    private static FormatException WrongType(DaemonSetting setting, string takes) =>
        new($"the value of \"{setting.Key}\" has the wrong type: it takes {takes}");
}
