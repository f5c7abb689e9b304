namespace Net.Controller.Choices;

/// <summary>The environment of commands: the user's variables, and defaults for those that every command has.</summary>
internal static class ProcessEnvironment
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Adds PATH, HOSTNAME, and TERM with a terminal where they are missing. The last of several values of one variable counts.
    /// HOME is added when the command is started, since it follows from the user.</summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> given, string hostName, bool terminal) =>
        Merge([DefaultPath, $"HOSTNAME={hostName}", .. terminal ? (string[])["TERM=xterm"] : []], given);

    /// <summary>Merges two environments; a variable of the second replaces that of the first.</summary>
    public static IReadOnlyList<string> Merge(IEnumerable<string> first, IEnumerable<string> second)
    {
        var merged = new List<string>();
        foreach (string variable in first.Concat(second))
        {
            int same = merged.FindIndex(v => NameOf(v) == NameOf(variable));
            if (same >= 0)
            {
                merged[same] = variable;
            }
            else
            {
                merged.Add(variable);
            }
        }

        return merged;
    }

    private static string NameOf(string variable) =>
        variable.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? variable[..at] : variable;
}
