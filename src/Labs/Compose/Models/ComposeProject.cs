namespace Net.Labs.Compose.Models;

/// <summary>What the Compose files of one project say about networking and commands, checked: every name leads somewhere.</summary>
public sealed record ComposeProject
{
    /// <summary>The project's name, the first part of the names of its containers and networks.</summary>
    public required string Name { get; init; }

    /// <summary>The services of the chosen profiles, in an order in which each comes after those that it depends on.</summary>
    public required IReadOnlyList<ComposeService> Services { get; init; }

    /// <summary>The networks that these services use, in the order of the file.</summary>
    public required IReadOnlyList<ComposeNetwork> Networks { get; init; }

    /// <summary>What the user should know: keys that have no meaning here, variables that are not set. One sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
