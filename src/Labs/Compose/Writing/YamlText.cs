using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Net.Labs.Compose.Writing;

/// <summary>Writes documents as YAML.</summary>
public static class YamlText
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_./-";

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "-", ".", "---", "...",
    };

    /// <summary>The text, which ends with a line feed.</summary>
    public static string Of(JsonNode document)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields:
                emitter.Emit(new MappingStart());
                foreach ((string key, JsonNode? value) in fields)
                {
                    Write(emitter, key);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonObject:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, MappingStyle.Flow));
                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, SequenceStyle.Block));
                foreach (JsonNode? item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Write(emitter, value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    // A text that another reader may take for a number or a truth value is quoted.
    private static void Write(Emitter emitter, string text)
    {
        bool isPlain = text.Length > 0 && !Words.Contains(text) && char.IsAsciiLetter(text[0])
            && text.All(letter => Plain.Contains(letter, StringComparison.Ordinal) || char.IsAsciiDigit(letter));
        emitter.Emit(new Scalar(
            null, null, text, isPlain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted,
            isPlainImplicit: true, isQuotedImplicit: true));
    }
}
