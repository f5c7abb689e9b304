using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The life of containers on Debian's Docker and on netctl.</summary>
public sealed class LifecycleComparisonTests(BothHosts hosts) : IClassFixture<BothHosts>
{
    [ProgramFact(DockerDaemon.Program)]
    public void Every_command_has_the_same_effect_in_every_state() => hosts.Compare(LifecycleScenarios.Life);

    [ProgramFact(DockerDaemon.Program)]
    public void Names_that_are_taken_missing_or_bad_are_told_the_same() => hosts.Compare(LifecycleScenarios.Names);

    [ProgramFact(DockerDaemon.Program)]
    public void Commands_end_with_the_same_codes() => hosts.Compare(LifecycleScenarios.ExitCodes);

    [ProgramFact(DockerDaemon.Program)]
    public void Logs_and_ports_are_told_the_same() => hosts.Compare(LifecycleScenarios.LogsAndPorts);
}
