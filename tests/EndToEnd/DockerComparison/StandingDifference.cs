using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>A difference that may show in every answer: it is evened out before answers are compared.</summary>
/// <param name="Difference">What differs.</param>
/// <param name="Even">Gives both answers, Docker's first, as they are without this difference.</param>
internal sealed record StandingDifference(
    Difference Difference, Func<IReadOnlyList<string>, IReadOnlyList<string>, (IReadOnlyList<string>, IReadOnlyList<string>)> Even)
{
    private const string Error = "error: ";

    /// <summary>Lines that match are left out.</summary>
    public static StandingDifference Without(Difference difference, string pattern) =>
        Of(difference, lines => [.. lines.Where(line => !Regex.IsMatch(line, pattern))]);

    /// <summary>What matches is replaced.</summary>
    public static StandingDifference Replaced(Difference difference, string pattern, string replacement) =>
        Of(difference, lines => [.. lines.Select(line => Regex.Replace(line, pattern, replacement))]);

    /// <summary>A message that has all of Docker's words, in their order, and more between and after them, is taken for Docker's.</summary>
    public static StandingDifference LongerMessages(Difference difference) => new(
        difference,
        (docker, netctl) => (docker, [.. netctl.Select(line => docker.FirstOrDefault(words => Contains(line, words)) ?? line)]));

    private static bool Contains(string line, string words)
    {
        if (!line.StartsWith(Error, StringComparison.Ordinal) || !words.StartsWith(Error, StringComparison.Ordinal))
        {
            return false;
        }

        int at = 0;
        string[] said = WordsOf(line);
        return WordsOf(words).All(word => (at = Array.FindIndex(said, at, other => Same(word, other)) + 1) > 0);
    }

    private static string[] WordsOf(string line) => line.Split([' ', ':', ';', ',', '.', '"'], StringSplitOptions.RemoveEmptyEntries);

    private static bool Same(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static StandingDifference Of(Difference difference, Func<IReadOnlyList<string>, IReadOnlyList<string>> even) =>
        new(difference, (docker, netctl) => (even(docker), even(netctl)));
}
