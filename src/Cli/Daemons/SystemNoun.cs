using System.CommandLine;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system</c>: the verbs for everything that the daemon has made.</summary>
internal static class SystemNoun
{
    public static Command Create() => new("system", "Remove all that the daemon has made") { new SystemReset() };
}
