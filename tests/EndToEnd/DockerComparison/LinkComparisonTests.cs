using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Links on Debian's Docker and on netctl.</summary>
public sealed class LinkComparisonTests(BothHosts hosts) : IClassFixture<BothHosts>
{
    [ProgramFact(DockerDaemon.Program)]
    public void A_link_is_a_line_and_variables() => hosts.Compare(LinkScenarios.Sight);

    [ProgramFact(DockerDaemon.Program)]
    public void The_variables_of_ranges_of_ports_are_the_same() => hosts.Compare(LinkScenarios.PortRanges);

    [ProgramFact(DockerDaemon.Program)]
    public void A_link_follows_its_target() => hosts.Compare(LinkScenarios.Targets);

    [ProgramFact(DockerDaemon.Program)]
    public void A_link_is_removed_and_so_is_a_target() => hosts.Compare(LinkScenarios.Removals);

    [ProgramFact(DockerDaemon.Program)]
    public void What_cannot_be_linked_is_refused() => hosts.Compare(LinkScenarios.Refusals);
}
