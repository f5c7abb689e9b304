using System.Text.RegularExpressions;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Models;

/// <summary>A command of a shell on a host or in a container, and what is expected of it.</summary>
public sealed record LabCommand
{
    /// <summary>Where it is in the file.</summary>
    public required Place Place { get; init; }

    /// <summary>The host that it runs on.</summary>
    public required string Host { get; init; }

    /// <summary>The container of that host that it runs in; null for the host itself.</summary>
    public string? Container { get; init; }

    /// <summary>The shell's input.</summary>
    public required string Text { get; init; }

    /// <summary>What its output has to have.</summary>
    public IReadOnlyList<Regex> Prints { get; init; } = [];

    /// <summary>What its output must not have.</summary>
    public IReadOnlyList<Regex> Lacks { get; init; } = [];

    /// <summary>The exit code that it has to have; null for any other than 0.</summary>
    public int? ExitCode { get; init; } = 0;

    /// <summary>How long it is tried again until it is as expected.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Where it is typed: the container's name, or else the host's.</summary>
    public string Prompt => Container ?? Host;

    /// <summary>Whether more is expected than that it succeeds.</summary>
    public bool IsExpectation => Prints.Count > 0 || Lacks.Count > 0 || ExitCode != 0;

    /// <summary>What is expected, in words: <c>prints /10\.0\.0\.1/, fails</c>.</summary>
    public string Expectation => string.Join(
        ", ",
        Prints.Select(pattern => $"prints /{pattern}/").Concat(Lacks.Select(pattern => $"does not print /{pattern}/"))
            .Append(ExitCode switch { null => "fails", 0 => "", { } code => $"exit code {code}" })
            .Where(part => part.Length > 0).DefaultIfEmpty("succeeds"));

    /// <summary>Compares what was seen with what is expected.</summary>
    /// <returns>What is different, in words; null when it is as expected.</returns>
    public string? DifferenceTo(Seen seen)
    {
        if (seen.TimedOut)
        {
            return "it did not end in time";
        }

        if (ExitCode is { } code ? seen.ExitCode != code : seen.ExitCode == 0)
        {
            return $"exit code {seen.ExitCode} instead of {(ExitCode is { } wanted ? $"{wanted}" : "any other")}";
        }

        try
        {
            return DifferenceTo(seen.Output);
        }
        catch (RegexMatchTimeoutException error)
        {
            return $"/{error.Pattern}/ takes too long to be looked for in the output: write a simpler pattern";
        }
    }

    private string? DifferenceTo(string output) =>
        Prints.FirstOrDefault(pattern => !pattern.IsMatch(output)) is { } missing ? $"no match of /{missing}/ in the output"
        : Lacks.FirstOrDefault(pattern => pattern.IsMatch(output)) is { } present ? $"/{present}/ matches the output, and should not"
        : null;
}

/// <summary>What was seen of a command.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output and standard error, at most 4 MiB of a lab's command, without the last line
/// feed.</param>
public sealed record Seen(int ExitCode, string Output)
{
    /// <summary>Whether it took too long and was ended.</summary>
    public bool TimedOut { get; init; }
}
