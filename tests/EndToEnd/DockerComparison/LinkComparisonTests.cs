using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Links on Debian's Docker and on netctl.</summary>
public sealed class LinkComparisonTests(BothHosts hosts) : IClassFixture<BothHosts>
{
    [ProgramFact(DockerDaemon.Program)]
    public void A_link_is_a_line_and_variables() => hosts.Compare(LinkScenarios.Sight);
}
