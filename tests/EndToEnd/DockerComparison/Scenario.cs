namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>What is done on both hosts, step by step.</summary>
/// <param name="Steps">The steps.</param>
internal sealed record Scenario(IReadOnlyList<Step> Steps)
{
    /// <summary>Standing differences that show in this scenario: without any one of them some step's answers are not the same.</summary>
    public IReadOnlyList<StandingDifference> Proves { get; init; } = [];
}
