using System.Text;

namespace Net.Plugins.Wire;

/// <summary>Texts from plug-ins, made fit for one line of a message.</summary>
internal static class PluginText
{
    private const int Longest = 300;

    /// <summary>The text of an answer that is not JSON.</summary>
    public static string Of(byte[] answer) => Shorten(Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 4 * Longest))));

    /// <summary>The text on one line, without control characters, of at most 300 characters.</summary>
    public static string Shorten(string text)
    {
        string line = string.Concat(text.Trim().Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 3), "...");
    }
}
