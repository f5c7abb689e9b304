using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>The paths of Docker's command-line clients that are installed: the distribution's, and one that stands beside it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstalledClientsAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
        [.. new[] { "/usr/bin/docker", "/usr/local/bin/docker" }.Where(File.Exists).Select(static path => new TheoryDataRow(path))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
