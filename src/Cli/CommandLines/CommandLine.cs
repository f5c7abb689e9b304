using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>A command line after it was split: the command, and the arguments in a form that System.CommandLine parses without
/// ambiguity.</summary>
/// <param name="Command">The command.</param>
/// <param name="Path">The names from the root: <c>netctl network create</c>.</param>
/// <param name="Words">Names of commands, then each option as <c>--name=value</c>, then <c>--</c> and the positional arguments.</param>
/// <param name="AsksForHelp">Whether <c>--help</c>, or <c>-h</c> where it means nothing else, is among the options.</param>
internal sealed record CommandLine(Command Command, string Path, IReadOnlyList<string> Words, bool AsksForHelp);
