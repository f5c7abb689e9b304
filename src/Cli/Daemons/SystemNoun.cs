using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system</c>: the verbs for everything that the daemon has made.</summary>
internal static class SystemNoun
{
    public static Command Create() => new("system", "Show what the daemon has made, save it, and remove it")
    {
        new NounVerb("system", new InfoShow()),
        new SystemBackup(),
        new SystemPrune(),
        new SystemReset(),
        new SystemRestore(),
    };
}
