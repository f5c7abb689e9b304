using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>Makes the three kinds of options.</summary>
internal static class Flags
{
    /// <summary>An option without a value.</summary>
    public static Option<bool> Switch(string name, string? shorthand, string description) =>
        Named(new Option<bool>(name), shorthand, null, description);

    /// <summary>An option with one value.</summary>
    public static Option<string?> One(string name, string? shorthand, string valueName, string description) =>
        Named(new Option<string?>(name), shorthand, valueName, description);

    /// <summary>An option that may be given several times.</summary>
    public static Option<string[]> Many(string name, string? shorthand, string valueName, string description) =>
        Named(new Option<string[]>(name) { DefaultValueFactory = _ => [] }, shorthand, valueName, description + " (repeatable)");

    private static T Named<T>(T option, string? shorthand, string? valueName, string description)
        where T : Option
    {
        if (shorthand is not null)
        {
            option.Aliases.Add(shorthand);
        }

        option.HelpName = valueName;
        option.Description = description;
        return option;
    }
}
