using Net.Cnm.Sandboxes;
using Net.Controller.Rules;

namespace Net.Tests.Unit.Controller;

public sealed class SandboxTransitionsTests
{
    public static TheoryData<SandboxState, SandboxState> EveryPair()
    {
        var pairs = new TheoryData<SandboxState, SandboxState>();
        foreach (SandboxState from in Enum.GetValues<SandboxState>())
        {
            foreach (SandboxState to in Enum.GetValues<SandboxState>())
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Only_the_moves_that_the_type_documents_are_allowed(SandboxState from, SandboxState to)
    {
        (SandboxState, SandboxState)[] documented =
        [
            (SandboxState.Created, SandboxState.Running),
            (SandboxState.Created, SandboxState.Removing),
            (SandboxState.Running, SandboxState.Exited),
            (SandboxState.Exited, SandboxState.Running),
            (SandboxState.Exited, SandboxState.Removing),
        ];
        Assert.Equal(documented.Contains((from, to)), SandboxTransitions.Allows(from, to));
    }
}
