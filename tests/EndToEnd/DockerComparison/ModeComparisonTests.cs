using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The modes of containers' networks on Debian's Docker and on netctl.</summary>
public sealed class ModeComparisonTests(BothHosts hosts) : IClassFixture<BothHosts>
{
    [ProgramFact(DockerDaemon.Program)]
    public void The_default_network_is_seen_the_same() => hosts.Compare(ModeScenarios.Bridge);

    [ProgramFact(DockerDaemon.Program)]
    public void The_network_of_another_container_is_shared() => hosts.Compare(ModeScenarios.SharedNetwork);

    [ProgramFact(DockerDaemon.Program)]
    public void What_does_not_go_with_the_network_of_another_container_is_refused() => hosts.Compare(ModeScenarios.SharedNetworkRefusals);

    [ProgramFact(DockerDaemon.Program)]
    public void The_host_s_network_is_seen_the_same() => hosts.Compare(ModeScenarios.Host);

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_without_a_network_is_the_same() => hosts.Compare(ModeScenarios.None);

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_on_several_networks_sees_the_same() => hosts.Compare(NetworkScenarios.Several);

    [ProgramFact(DockerDaemon.Program)]
    public void Networks_of_a_stopped_container_change_the_same() => hosts.Compare(NetworkScenarios.Stopped);

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_of_both_families_is_seen_the_same() => hosts.Compare(NetworkScenarios.IPv6);

    [ProgramFact(DockerDaemon.Program)]
    public void What_networks_and_addresses_are_refused_is_the_same() => hosts.Compare(NetworkScenarios.Refusals);
}
