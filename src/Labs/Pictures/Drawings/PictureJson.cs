using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A picture as JSON. The fields are the properties of <see cref="Picture"/> and its parts, with a small first letter.</summary>
[JsonSerializable(typeof(Picture))]
internal sealed partial class PictureJson : JsonSerializerContext
{
    // It escapes no more than JSON requires, since no document is put into a web page.
    private static PictureJson Readable { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>Writes a picture that is in order.</summary>
    /// <remarks>The encoder leaves format characters, such as those that turn the direction of writing, which JSON and
    /// <see cref="TerminalText"/> escape in the same way.</remarks>
    public static string Of(Picture picture) =>
        TerminalText.EscapeLines(JsonSerializer.Serialize(picture, Readable.Picture)) + "\n";
}
