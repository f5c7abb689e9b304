using Net.Cnm.Errors;

namespace Net.Cnm.Identifiers;

/// <summary>The rule for the names of networks and containers: a name matches <c>[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}</c> and is not an id of 64
/// hexadecimal digits.</summary>
public static class ObjectName
{
    private const int MaximumLength = 63;

    /// <summary>Returns <paramref name="name"/> when it is valid.</summary>
    /// <param name="name">The name that the user entered.</param>
    /// <param name="what">The kind of object that is named, for the message: "network" or "container".</param>
    /// <exception cref="CnmException">InvalidParameter: the name is not valid; the message says why.</exception>
    public static string Require(string name, string what) =>
        Problem(name) is { } problem
            ? throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid {what} name \"{Shortened(name)}\": {problem}")
            : name;

    private static string? Problem(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty; give it 1 to 63 of the characters [a-zA-Z0-9_.-]";
        }

        if (HexId.IsWellFormed(name))
        {
            return "64 hexadecimal digits read as an id; choose a shorter name";
        }

        if (name.Length > MaximumLength)
        {
            return $"it has {name.Length} characters; at most {MaximumLength} are allowed";
        }

        return char.IsAsciiLetterOrDigit(name[0]) && name.AsSpan().IndexOfAnyExcept(Allowed) < 0
            ? null
            : "only [a-zA-Z0-9][a-zA-Z0-9_.-]* are allowed";
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static string Shortened(string name) => name.Length <= 80 ? name : string.Concat(name.AsSpan(0, 77), "...");
}
