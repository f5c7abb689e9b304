namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>Something that people do with networks, and what leads back from it.</summary>
/// <param name="File">The page's name in docs/firewall, without .md.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Text">A sentence or two on what it is for.</param>
/// <param name="Commands">What is typed, one a line.</param>
/// <param name="Undo">What is typed to undo it.</param>
internal sealed record Scenario(string File, string Title, string Text, IReadOnlyList<string> Commands, IReadOnlyList<string> Undo);
