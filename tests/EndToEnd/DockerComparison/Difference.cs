namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Something that netctl does otherwise than Debian's Docker (20.10) on purpose.</summary>
/// <param name="Anchor">The id of its row in docs/coming-from-docker.md, which names it to users and has the reason.</param>
internal sealed record Difference(string Anchor);

/// <summary>A difference of one step: lines that only one of the two answers has.</summary>
/// <param name="Difference">What differs.</param>
/// <param name="Docker">The lines that only Docker's answer has.</param>
/// <param name="Netctl">The lines that only netctl's answer has.</param>
internal sealed record DeclaredLines(Difference Difference, IReadOnlyList<string> Docker, IReadOnlyList<string> Netctl);
