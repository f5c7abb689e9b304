using System.Security.Cryptography;

namespace Net.Cnm.Identifiers;

/// <summary>The text form of all CNM ids: 64 lower-case hexadecimal digits, which encode 256 random bits.</summary>
internal static class HexId
{
    public const int Length = 64;

    public static string NewRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    public static bool IsWellFormed(string? text)
    {
        if (text is not { Length: Length })
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    public static string Require(string text, string what) =>
        IsWellFormed(text)
            ? text
            : throw new FormatException($"{what} id \"{text}\" is not {Length} lower-case hexadecimal digits");
}
