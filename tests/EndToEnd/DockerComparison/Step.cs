namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>One command of a scenario, as a user types it after <c>docker</c> and after <c>netctl</c>.</summary>
/// <param name="Command">Words with spaces between them; one in single quotes may hold spaces. <c>IMAGE</c> stands for the image: netctl
/// has none and gets the words without it.</param>
/// <param name="Declared">What is known to differ.</param>
internal sealed record Step(string Command, IReadOnlyList<DeclaredLines> Declared)
{
    private const string Sight =
        "cat /proc/$$/environ; echo; for file in hosts resolv.conf; do echo \"= $file\"; cat /etc/$file; done; " +
        "echo '= addresses'; ip -j address; echo '= routes'; ip -j route; ip -j -6 route; echo '= host name'; hostname";

    /// <summary>A command.</summary>
    public static Step Do(string command) => new(command, []);

    /// <summary>What a container sees: its environment, files, addresses, routes and host name.</summary>
    public static Step See(string container) => new($"exec {container} sh -c '{Sight.Replace('\'', '"')}'", []);

    /// <summary>The same step with a difference.</summary>
    /// <param name="difference">What differs.</param>
    /// <param name="docker">The lines that only Docker's answer has; null: none.</param>
    /// <param name="netctl">The lines that only netctl's answer has; null: none.</param>
    public Step Differs(Difference difference, string? docker = null, string? netctl = null) => this with
    {
        Declared = [.. Declared, new DeclaredLines(difference, docker?.Split('\n') ?? [], netctl?.Split('\n') ?? [])],
    };

    /// <summary>The words for one of the two programs.</summary>
    /// <param name="image">The image's name; null: there are no images.</param>
    public string[] Words(string? image) =>
        [.. Split(Command).Select(word => word == "IMAGE" ? image : word).OfType<string>()];

    /// <summary>How the step is named where it failed.</summary>
    public string Title => Command.Replace(Sight.Replace('\'', '"'), "...", StringComparison.Ordinal);

    private static IEnumerable<string> Split(string command) => command
        .Split('\'')
        .SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
