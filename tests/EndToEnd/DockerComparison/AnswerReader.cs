using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Makes lines that can be compared of what one of the two programs answers in one scenario. What is chosen anew every time (ids,
/// MAC addresses, addresses of the default network) is numbered in the order in which it is seen first.</summary>
internal sealed partial class AnswerReader
{
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>An answer's lines: the exit code, standard output, and standard error as <c>error: MESSAGE</c>.</summary>
    public IReadOnlyList<string> Lines(Step step, Output output) =>
    [
        $"exit {output.ExitCode}",
        .. Split(output.StandardOutput).SelectMany(IpJson.Lines).Select(line => Numbered(line, step)),
        .. Split(output.StandardError).Where(line => !Noise().IsMatch(line)).Select(line => Numbered($"error: {Message(line)}", step)),
    ];

    // An environment in /proc has a NUL after each variable. An empty line says nothing.
    private static string[] Split(string text) =>
        text.Replace('\0', '\n').Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string Message(string line) => Prefix().Replace(line, "").TrimEnd('.');

    private string Numbered(string line, Step step)
    {
        line = Id().Replace(line, id => $"{(id.Length == 12 ? "short " : "")}id {Number("id", id.Value[..12])}");
        line = DefaultNetwork().Replace(line, address => $"address {Number("address", address.Value)}");
        return Mac().Replace(
            line, mac => step.Command.Contains(mac.Value, StringComparison.OrdinalIgnoreCase) ? mac.Value : "MAC");
    }

    private int Number(string kind, string value)
    {
        string key = $"{kind} {value}";
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = 1 + _numbers.Keys.Count(other => other.StartsWith($"{kind} ", StringComparison.Ordinal));
            _numbers.Add(key, number);
        }

        return number;
    }

    [GeneratedRegex(@"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b172\.17\.0\.(?!0\b|1\b)\d+\b")]
    private static partial Regex DefaultNetwork();

    [GeneratedRegex(@"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")]
    private static partial Regex Mac();

    [GeneratedRegex("^(?:docker: |netctl: )?(?:Error response from daemon: |Error: )?")]
    private static partial Regex Prefix();

    // A pointer to the help, and what Docker's client logs when the container that it waits for does not start.
    [GeneratedRegex("^(?:See '(?:docker|netctl) |time=\".*level=error msg=\"error waiting for container: )")]
    private static partial Regex Noise();
}
