namespace Net.Controller.Choices;

/// <summary>The environment of commands: what the user gave, with what every command has where he gave nothing.</summary>
internal static class ProcessEnvironment
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Adds PATH, HOSTNAME, TERM with a terminal, and HOME where they are missing. Of several values of one variable the last counts.</summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> given, string hostName, bool terminal) =>
        Merge([DefaultPath, $"HOSTNAME={hostName}", .. terminal ? (string[])["TERM=xterm"] : [], "HOME=/root"], given);

    /// <summary>One environment over another.</summary>
    public static IReadOnlyList<string> Merge(IEnumerable<string> below, IEnumerable<string> above)
    {
        var merged = new List<string>();
        foreach (string variable in below.Concat(above))
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

    private static string NameOf(string variable) => variable.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? variable[..at] : variable;
}
