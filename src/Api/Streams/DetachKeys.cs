namespace Net.Api.Streams;

/// <summary>The keys by which a user leaves a command with a terminal, which runs on.</summary>
/// <param name="bytes">What the terminal sends for the keys, one byte each, at least one.</param>
public sealed class DetachKeys(byte[] bytes)
{
    /// <summary>Docker's keys: ctrl-p, then ctrl-q.</summary>
    public const string Default = "ctrl-p,ctrl-q";

    private const string Control = "ctrl-";
    private const string ControlCharacters = "@abcdefghijklmnopqrstuvwxyz[\\]^_"; // in the order of their codes, 0 to 31
    private const string Delete = "DEL";
    private const byte DeleteCode = 127;

    /// <summary>What the terminal sends for the keys.</summary>
    public IReadOnlyList<byte> Bytes => bytes;

    /// <summary>Parses keys in Docker's syntax: single characters, <c>ctrl-</c> and one of <c>a</c> to <c>z @ [ \ ] ^ _</c>, or <c>DEL</c>,
    /// separated by commas.</summary>
    /// <param name="keys">The keys; null or empty for <see cref="Default"/>.</param>
    /// <exception cref="FormatException">A key is not known.</exception>
    public static DetachKeys Parse(string? keys)
    {
        string text = string.IsNullOrEmpty(keys) ? Default : keys;
        int[] codes = [.. text.Split(',').Select(CodeOf)];
        return codes.Contains(-1)
            ? throw new FormatException(
                $"Invalid detach keys ({text}) provided: give characters, or ctrl- and a letter or one of @ [ \\ ] ^ _, separated by "
                    + "commas")
            : new DetachKeys([.. codes.Select(code => (byte)code)]);
    }

    // -1: not known.
    private static int CodeOf(string key) => key switch
    {
        [var single] when single <= byte.MaxValue => single,
        Delete => DeleteCode,
        _ when key.Length == Control.Length + 1 && key.StartsWith(Control, StringComparison.Ordinal) =>
            ControlCharacters.IndexOf(key[^1], StringComparison.Ordinal),
        _ => -1,
    };
}
