using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>A command line after it has been cut: which command it is for, and its words in the one form that leaves nothing to guess.</summary>
/// <param name="Command">The command.</param>
/// <param name="Path">Its names from the root: <c>netctl network create</c>.</param>
/// <param name="Words">Names of commands, then each option as <c>--name=value</c>, then <c>--</c> and the arguments.</param>
/// <param name="AsksForHelp">Whether <c>--help</c> stands among the options.</param>
internal sealed record CommandLine(Command Command, string Path, IReadOnlyList<string> Words, bool AsksForHelp);
