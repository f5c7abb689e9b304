using System.CommandLine;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab</c>: the verbs for labs.</summary>
internal static class LabNoun
{
    public static Command Create() => new("lab", "Learn and test container networks on hosts that are thrown away")
    {
        new LabList(),
        new LabPlay(),
        new LabStart(),
        new LabCheck(),
        new LabHint(),
        new LabShell(),
        new LabSolve(),
        new LabStop(),
    };
}
