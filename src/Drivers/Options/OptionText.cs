namespace Net.Drivers.Options;

/// <summary>Parses the kinds of values that several options share.</summary>
internal static class OptionText
{
    public const string AllowedBooleans = "true, false, 1, 0, t, f";

    /// <summary>Parses a boolean in all the spellings that Docker takes (Go's strconv.ParseBool); null for any other text.</summary>
    public static bool? ParseBoolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    /// <summary>Whether the text may be an interface name, or the beginning of one, up to <paramref name="maximumLength"/>
    /// characters.</summary>
    /// <remarks>The kernel refuses only "/", ":" and white space (dev_valid_name in net/core/dev.c); this is stricter, so that a name is
    /// safe in a rule, in a path below /proc/sys and on a command line.</remarks>
    public static bool IsInterfaceName(string text, int maximumLength) =>
        text.Length > 0
        && text.Length <= maximumLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
