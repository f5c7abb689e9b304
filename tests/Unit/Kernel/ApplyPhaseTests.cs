using Net.Kernel;

namespace Net.Tests.Unit.Kernel;

public sealed class ApplyPhaseTests
{
    [Fact]
    public void Every_phase_is_in_exactly_one_run_and_runs_keep_the_order_of_phases()
    {
        IEnumerable<ApplyPhase> walked =
            ApplyPhases.Runs.SelectMany(run => Enum.GetValues<ApplyPhase>().Where(phase => phase >= run.First && phase <= run.Last));
        Assert.Equal(Enum.GetValues<ApplyPhase>(), walked);
    }

    [Theory]
    [InlineData(nameof(ApplyPhase.HeldPorts), nameof(ApplyPhase.Namespaces))]
    [InlineData(nameof(ApplyPhase.Firewall), nameof(ApplyPhase.Settings))]
    [InlineData(nameof(ApplyPhase.Firewall), nameof(ApplyPhase.Addresses))]
    [InlineData(nameof(ApplyPhase.Bridges), nameof(ApplyPhase.Veths))]
    [InlineData(nameof(ApplyPhase.LinkSettings), nameof(ApplyPhase.LinksUp))]
    [InlineData(nameof(ApplyPhase.LinksUp), nameof(ApplyPhase.Routes))]
    [InlineData(nameof(ApplyPhase.LinksUp), nameof(ApplyPhase.Resolvers))]
    public void One_phase_comes_before_another(string first, string then) =>
        Assert.True(Enum.Parse<ApplyPhase>(first) < Enum.Parse<ApplyPhase>(then));
}
